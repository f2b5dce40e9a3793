import type * as Ast from '../ast/nodes.js';
import { formatIp4, type Ip4Parts } from './addresses.js';
import type { Context } from './context.js';
import type { Qualifiers } from './qualifiers.js';

/** Numbers below are addresses in 0/8, which no host has (RFC 1122, 3.2.1.3). */
const firstHost = 0x01000000;

/**
 * `host 10` is 0.0.0.10, not 10/8; `net 10.0.0.0` is that one address, as all four parts are written, and its last one
 * looks like that of a network.
 */
export function reportOddAddress(
  context: Context,
  { form, text, span, prefix, mask }: Ast.Literal,
  { type }: Qualifiers,
  parts: Ip4Parts,
): void {
  if (parts.mask !== 0xffff_ffff || prefix !== undefined || mask !== undefined) return;
  const { address } = parts;
  if (form === 'number' && address < firstHost)
    context.report('number-address', span, { text, address: formatIp4(address) });
  if (form === 'ip4' && type?.text === 'net' && (address & 0xff) === 0)
    context.report('host-net', span, { text, length: 8 * Math.ceil(networkBits(address) / 8) });
}

/** Bits up to the last that is set. */
function networkBits(address: number): number {
  return address === 0 ? 0 : Math.clz32(address & -address) + 1;
}
