import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import { accessPoint } from '../link/ether-type.js';
import type { Context } from './context.js';
import { requireAtMost, requireType } from './surroundings.js';

/** Network layer protocol identifiers (ISO/IEC TR 9577), under each of their names. */
const isoProtocols: ReadonlyMap<string, number> = new Map([
  ['clnp', 0x81],
  ['esis', 0x82],
  ['es-is', 0x82],
  ['isis', 0x83],
  ['is-is', 0x83],
]);

/** Words for IS-IS PDU types (ISO/IEC 10589, 9): hellos, link state, complete and partial sequence numbers. */
const isisTypes: ReadonlyMap<string, readonly number[]> = new Map([
  ['l1', [26, 24, 18, 15, 17]],
  ['l2', [27, 25, 20, 16, 17]],
  ['iih', [15, 16, 17]],
  ['lsp', [18, 20]],
  ['snp', [24, 25, 26, 27]],
  ['csnp', [24, 25]],
  ['psnp', [26, 27]],
]);

const maximumIsoProtocol = 0xff;
const maximumIsisType = 0x1f;

/** The number of `iso proto name`: `esis` without a hyphen only (lookup_proto). */
export function isoProtocolNumber(name: string): number | undefined {
  return name.includes('-') ? undefined : isoProtocols.get(name);
}

/** `clnp`, `esis`, `isis`, `l1` … alone; undefined for other words (gen_proto_abbrev). */
export function resolveIsoAbbreviation(
  context: Context,
  word: Ast.Word,
): Resolved.IsoProtocol | Resolved.IsisType | undefined {
  const { text, span } = word;
  const value = isoProtocols.get(text);
  const values = isisTypes.get(text);
  if ((value === undefined && values === undefined) || !requireType(context, accessPoint.iso, word))
    return undefined;
  if (value !== undefined) return { kind: 'iso-protocol', value, span };
  return values && { kind: 'isis-type', values, span };
}

/** `iso proto N`. */
export function resolveIsoProtocol(
  context: Context,
  value: number,
  { text, span }: Ast.Literal,
): Resolved.IsoProtocol | undefined {
  const isKnown = requireAtMost(context, maximumIsoProtocol, value, { text, span }, 'ISO protocol');
  if (!isKnown || !requireType(context, accessPoint.iso, { text: 'iso', span })) return undefined;
  return { kind: 'iso-protocol', value, span };
}

/** `isis proto N`. */
export function resolveIsisType(
  context: Context,
  value: number,
  { text, span }: Ast.Literal,
): Resolved.IsisType | undefined {
  const isKnown = requireAtMost(context, maximumIsisType, value, { text, span }, 'IS-IS PDU type');
  if (!isKnown || !requireType(context, accessPoint.iso, { text: 'isis', span })) return undefined;
  return { kind: 'isis-type', values: [value], span };
}

/** The keyword for these PDU types, or undefined where they were given by number. */
export function isisTypeName(values: readonly number[]): string | undefined {
  for (const [keyword, types] of isisTypes) if (types.join() === values.join()) return keyword;
  return undefined;
}
