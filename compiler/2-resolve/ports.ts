import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Span } from '../diagnostics/span.js';
import type { Context } from './context.js';
import { parseNumber } from './numbers.js';
import { type Qualifiers, reportWrongQualifier, resolveDirection } from './qualifiers.js';
import { suggestName } from './suggest-name.js';

const transports: ReadonlyMap<string, number> = new Map([
  ['tcp', 6],
  ['udp', 17],
  ['sctp', 132],
]);

const maximumPort = 65535;

/** A port, and the protocol it is a port of where a name says that. */
interface NamedPort {
  readonly port: number;
  readonly protocol?: 'tcp' | 'udp' | undefined;
}

/** `port 80` and `portrange 80-90`; one port is a range of one (gen_port, gen_portrange). */
export function resolvePorts(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
  [one, other]: readonly [number, number],
  known?: NamedPort['protocol'],
): Resolved.Ports | undefined {
  const protocols = resolveTransports(context, literal, qualifiers, known);
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

/** `port name`. */
export function resolveNamedPort(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
): Resolved.Ports | undefined {
  if (resolveTransports(context, literal, qualifiers) === undefined) return undefined;
  const { text, span } = literal;
  const found = findPort(context, text);
  if (found !== undefined)
    return resolvePorts(context, literal, qualifiers, [found.port, found.port], found.protocol);
  const help = /^[0-9]+-[0-9]+$/.test(text) ? `write 'portrange ${text}'` : undefined;
  return reportUnknownService(context, text, span, help);
}

/** `portrange a-b`: two numbers by C's rules or names, one hyphen, in either order (pcap_nametoportrange). */
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
    return context.report('invalid-port-range', span, { text }, adviseRange(context, text));
  const start = span.end - text.length;
  const low = resolveEnd(context, first, { start, end: start + first.length }, text);
  const high = resolveEnd(context, last, { start: span.end - last.length, end: span.end }, text);
  if (low === undefined || high === undefined) return undefined;
  const known = low.protocol === high.protocol ? low.protocol : undefined;
  return resolvePorts(context, literal, qualifiers, [low.port, high.port], known);
}

/** The hyphen between two ports cannot be told from one in a name. */
function adviseRange(context: Context, text: string): string | undefined {
  const port = findPort(context, text)?.port;
  if (port !== undefined) return `write 'port ${text}'`;
  return /[a-z]/i.test(text) ? 'write the number of a service whose name has a hyphen' : undefined;
}

/** One end of the range `whole`. Names of constants are not numbers here: the lexer saw one word. */
function resolveEnd(
  context: Context,
  text: string,
  span: Span,
  whole: string,
): NamedPort | undefined {
  if (/^0x$/i.test(text)) return { port: 0 }; // no digits are 0 here (stringtoport)
  const value = /^[0-9]/.test(text) ? parseNumber(text) : undefined;
  if (value === 'too-large') return context.report('number-too-large', span, { text });
  if (typeof value === 'number') return { port: value };
  // What is no number in C may be one to getaddrinfo: 08.
  const found = findPort(context, text);
  if (found !== undefined) return found;
  const help = findPort(context, whole) && `write 'port ${whole}'`;
  return reportUnknownService(context, text, span, help);
}

/**
 * A name for different ports over TCP and UDP means that of TCP; for the same, any protocol (pcap_nametoport). Decimal
 * numbers, whatever they start with, need no table.
 */
function findPort(context: Context, name: string): NamedPort | undefined {
  if (/^\+?[0-9]+$/.test(name)) return { port: Number(name) };
  const { tcp, udp } = context.resolver.service(name) ?? {};
  if (tcp !== undefined) return { port: tcp, protocol: udp === tcp ? undefined : 'tcp' };
  return udp === undefined ? undefined : { port: udp, protocol: 'udp' };
}

function reportUnknownService(
  context: Context,
  text: string,
  span: Span,
  help?: string,
): undefined {
  const advice = help ?? suggestName(context, 'services', text);
  return context.report('unknown-service', span, { text }, advice);
}

/** Transport protocols that are meant: all, the qualifier's, or the one that the service's name is known for. */
function resolveTransports(
  context: Context,
  literal: Ast.Literal,
  qualifiers: Qualifiers,
  known?: NamedPort['protocol'],
): readonly number[] | undefined {
  const { protocol, type } = qualifiers;
  const asked = protocol?.text ?? known;
  if (asked === undefined) return [...transports.values()];
  const number = transports.get(asked);
  if (number === undefined) {
    const word = type?.text ?? 'port';
    const help = `only 'tcp', 'udp', 'sctp' or no protocol stands before '${word}': write '${asked} and ${word} …'`;
    const subject = `'${word}'`;
    return reportWrongQualifier(context, qualifiers, 'protocol', literal, subject, help);
  }
  if (known === undefined || asked === known) return [number];
  const { text, span } = literal;
  const help = `write '${known} ${type?.text ?? 'port'} ${text}', or its number after '${asked}'`;
  return context.report('service-of-other-protocol', span, { text, known }, help);
}
