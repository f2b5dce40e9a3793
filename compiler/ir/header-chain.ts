import type * as Ir from './nodes.js';

/** Next Header values (IANA protocol numbers) of headers to walk over. */
const hopByHop = 0;
const routing = 43;
const fragment = 44;
const authentication = 51;
const destination = 60;

/** Headers that may follow the first; a longer chain rejects the packet. */
export const maximumHeaders = 64;

/**
 * Whether the protocol is in the packet's chain of headers; undefined where the packet ends inside it or the chain is
 * too long. Over IPv4 only Authentication headers chain. Fragment offsets are not looked at (gen_protochain); lengths
 * are in units of 8 bytes behind the first 8, of 4 behind the first 8 for Authentication headers (RFC 8200, RFC 4302).
 * `onHeader` is called for each header that is walked over.
 */
export function findInChain(
  { family, offset, protocol }: Ir.HeaderChain,
  bytes: Uint8Array,
  onHeader?: () => void,
): boolean | undefined {
  const first = bytes[offset];
  let next = bytes[offset + (family === 'ip' ? 9 : 6)];
  if (next === undefined || first === undefined) return undefined;
  let place = offset + (family === 'ip' ? (first & 0xf) * 4 : 40);
  for (let headers = 0; ; headers++) {
    if (next === protocol) return true;
    const unit = unitOf(family, next);
    if (unit === undefined) return false;
    onHeader?.();
    const following = bytes[place];
    const length = bytes[place + 1];
    if (following === undefined || length === undefined || headers === maximumHeaders)
      return undefined;
    next = following;
    place += unit === 8 ? (length + 1) * 8 : (length + 2) * 4;
  }
}

/** In which unit the header tells its length; undefined for what ends the chain. */
function unitOf(family: 'ip' | 'ip6', next: number): 4 | 8 | undefined {
  if (next === authentication) return 4;
  if (family === 'ip') return undefined;
  return [hopByHop, destination, routing, fragment].includes(next) ? 8 : undefined;
}
