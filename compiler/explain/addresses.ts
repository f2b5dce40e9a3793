import { formatIp4, formatIp6, prefixMask } from '../2-resolve/addresses.js';
import type * as Resolved from '../ast/resolved.js';

/** `00:11:22:33:44:55`. */
export function formatMac(address: readonly number[]): string {
  return address.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** `host 10.1.2.3`, `net 10.0.0.0/8`, or `net 10.0.1.0 mask 255.0.255.0` for a mask with gaps. */
export function writeIp4({ address, mask }: Pick<Resolved.Ip4Address, 'address' | 'mask'>): string {
  const length = Math.clz32(~mask);
  if (length === 32) return `host ${formatIp4(address)}`;
  const isPrefix = prefixMask(length) === mask;
  const network = formatIp4(address);
  return isPrefix ? `net ${network}/${length}` : `net ${network} mask ${formatIp4(mask)}`;
}

/** `host 2001:db8::1`, `net 2001:db8::/32`. */
export function writeIp6({ address, mask }: Pick<Resolved.Ip6Address, 'address' | 'mask'>): string {
  const length = mask.reduce((sum, word) => sum + Math.clz32(~word), 0);
  return length === 128 ? `host ${formatIp6(address)}` : `net ${formatIp6(address)}/${length}`;
}
