import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Context } from './context.js';
import { parseNumber } from './numbers.js';
import { type Qualifiers, reportWrongQualifier, resolveDirection } from './qualifiers.js';

const transports: ReadonlyMap<string, number> = new Map([
  ['tcp', 6],
  ['udp', 17],
  ['sctp', 132],
]);

const maximumPort = 65535;

/** `port 80` and `portrange 80-90`; one port is a range of one (gen_port, gen_portrange). */
export function resolvePorts(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
  [one, other]: readonly [number, number],
): Resolved.Ports | undefined {
  const protocols = resolveTransports(context, literal, qualifiers);
  const worst = Math.max(one, other);
  if (worst > maximumPort)
    return context.report('port-out-of-range', literal.span, {
      text: one === other ? literal.text : String(worst),
    });
  const direction = resolveDirection(context, qualifiers);
  if (protocols === undefined || direction === undefined) return undefined;
  const [low, high] = [Math.min(one, other), worst];
  return { kind: 'ports', protocols, direction, low, high, span: literal.span };
}

/** `port name`: only `\80` needs no table of services (getaddrinfo takes decimal numbers). */
export function resolveNamedPort(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Ports | undefined {
  if (resolveTransports(context, literal, qualifiers) === undefined) return undefined;
  const { text, span } = literal;
  if (literal.form === 'escaped' && /^[0-9]+$/.test(text))
    return resolvePorts(context, literal, qualifiers, [Number(text), Number(text)]);
  const help = /^[0-9]+-[0-9]+$/.test(text) ? `write 'portrange ${text}'` : 'write its number';
  return context.report('not-supported-yet', span, { text: `the service name '${text}'` }, help);
}

/** `portrange a-b`: each end a number by C's rules, one hyphen, in either order (stringtoportrange). */
export function resolvePortRange(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Ports | undefined {
  if (resolveTransports(context, literal, qualifiers) === undefined) return undefined;
  const { text, span } = literal;
  const ends = text.split('-');
  const [first, last] = ends;
  if (ends.length !== 2 || !first || !last)
    return context.report('invalid-port-range', span, { text });
  const low = resolveEnd(context, literal, first);
  const high = resolveEnd(context, literal, last);
  if (low === undefined || high === undefined) return undefined;
  return resolvePorts(context, literal, qualifiers, [low, high]);
}

/** One end of a range. Names of constants are not numbers here: the lexer saw one word. */
function resolveEnd(context: Context, { span }: Ast.Literal, text: string): number | undefined {
  const value = /^[0-9]/.test(text) ? parseNumber(text) : undefined;
  if (value === 'too-large') return context.report('number-too-large', span, { text });
  if (value === 'not-octal') return context.report('number-not-octal', span, { text });
  if (value !== undefined) return value;
  return context.report(
    'not-supported-yet',
    span,
    { text: `the service name '${text}'` },
    'write its number',
  );
}

function resolveTransports(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): readonly number[] | undefined {
  const { protocol, type } = qualifiers;
  if (protocol === undefined) return [...transports.values()];
  const number = transports.get(protocol.text);
  if (number !== undefined) return [number];
  const help = `only 'tcp', 'udp', 'sctp' or no protocol stands before '${type?.text ?? 'port'}'`;
  return reportWrongQualifier(
    context,
    qualifiers,
    'protocol',
    literal,
    `'${type?.text ?? 'port'}'`,
    help,
  );
}
