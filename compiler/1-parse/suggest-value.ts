const number = /^(0[xX][0-9A-Fa-f]+|[0-9]+)$/;
const quad = /^[0-9]+(\.[0-9]+){3}$/;
const address = /^([0-9]+(\.[0-9]+){1,3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$/;
const mac = /^([0-9A-Fa-f]{1,2}[:.-]){5}[0-9A-Fa-f]{1,2}$/;
const transport = /^(tcp|udp|sctp)$/;

/** What to write instead of a value that does not fit; `previous` and `last` are the tokens before it, `next` the one behind. */
export function fixValue(
  previous: string,
  last: string,
  text: string,
  next: string | undefined,
): string | undefined {
  return (
    fixProtocolValue(last, text) ??
    fixSlash(previous, last, text, next) ??
    fixColon(last, text) ??
    fixNeighbour(previous, last, text)
  );
}

/** A value right after a protocol: `tcp 80`, `ip 10.1.2.3`, `ether 00:…`. */
function fixProtocolValue(last: string, text: string): string | undefined {
  if (transport.test(last)) {
    if (number.test(text)) return `write '${last} port ${text}'`;
    if (/^[0-9]+-[0-9]+$/.test(text)) return `write '${last} portrange ${text}'`;
    if (address.test(text) && !text.startsWith(':')) return `write '${last} and host ${text}'`;
  }
  if (/^(ether|link)$/.test(last) && mac.test(text)) return `write '${last} host ${text}'`;
  if (/^(ip|ip6|arp|rarp)$/.test(last) && address.test(text)) return `write '${last} host ${text}'`;
  return undefined;
}

/** `net 10/8`, `80/tcp`, `tcp/80`, `net 10.0.0.0/255.0.0.0`. */
function fixSlash(
  previous: string,
  last: string,
  text: string,
  next: string | undefined,
): string | undefined {
  if (last === '/' && quad.test(text)) return `write 'mask ${text}' instead of the slash`;
  if (text !== '/') return undefined;
  if (number.test(last) && previous === 'net')
    return `write the dots: 'net ${last}.0.0.0/${next ?? '…'}'`;
  if (number.test(last) && next !== undefined && transport.test(next))
    return `write '${next} port ${last}'`;
  return transport.test(last) && next !== undefined && number.test(next)
    ? `write '${last} port ${next}'`
    : undefined;
}

/** `host 10.0.0.1:80`, `port 80:90`, `tcp:80`. */
function fixColon(last: string, text: string): string | undefined {
  const port = /^:([0-9]+)$/.exec(text)?.[1];
  if (port === undefined) return undefined;
  if (transport.test(last)) return `write '${last} port ${port}'`;
  if (quad.test(last)) return `write 'host ${last} and port ${port}'`;
  return number.test(last) ? `write 'portrange ${last}-${port}'` : undefined;
}

/** Values next to each other: `port 80 443`, `portrange 80 - 90`, `net 10.0.0.0 255.0.0.0`. */
function fixNeighbour(previous: string, last: string, text: string): string | undefined {
  if (quad.test(last) && quad.test(text) && previous === 'net') return `write 'mask ${text}'`;
  if (address.test(last) && address.test(text)) return `write '${last} or ${text}'`;
  if (!number.test(last)) return undefined;
  if (text === '-' && previous === 'portrange') return 'write the range without blanks: 8000-8080';
  if (!number.test(text)) return undefined;
  const isQualified = /^(port|host|net|proto)$/.test(previous);
  return `write '${isQualified ? `${previous} ` : ''}${last} or ${text}'`;
}
