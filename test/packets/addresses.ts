/** The six bytes of a MAC address written with colons. */
export function mac(address: string): Uint8Array {
  return Uint8Array.from(address.split(':'), (part) => Number.parseInt(part, 16));
}

/** The four bytes of a dotted quad. */
export function address4(address: string): Uint8Array {
  return Uint8Array.from(address.split('.'), Number);
}

/** The sixteen bytes of an IPv6 address; `::` may stand for zero groups, an IPv4 tail is not understood. */
export function address6(address: string): Uint8Array {
  const [head = '', tail] = address.split('::');
  const leading = groups(head);
  const trailing = tail === undefined ? [] : groups(tail);
  const missing = Array.from({ length: 8 - leading.length - trailing.length }, () => 0);
  const words = [...leading, ...missing, ...trailing];
  return Uint8Array.from(words.flatMap((word) => [word >>> 8, word & 0xff]));
}

function groups(written: string): readonly number[] {
  return written === '' ? [] : written.split(':').map((group) => Number.parseInt(group, 16));
}
