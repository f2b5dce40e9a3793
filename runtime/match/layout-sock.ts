import { mistake, type Outcome, success } from '../../compiler/for-runtime.js';
import { etherTypeAt, layOutInput } from './input.js';
import { etherTypeOf, type Layout } from './layout.js';

const ethernetBytes = 14;
const ipv4 = 0x0800;
const ipv6 = 0x86dd;
const tcp = 6;
const udp = 17;

/** Headers that a program would make from a socket's fields: no options. */
const plainBytes: Readonly<Record<number, number>> = { [tcp]: 20, [udp]: 8 };

/**
 * The packet as the target gives packets to filters: Ethernet, IP without options, TCP without options or UDP, payload.
 * The program takes addresses, ports and payload from it and makes the other fields itself.
 */
export const layOutSock: Layout = ({ bytes, length, link }, key) => {
  const start = link === 'ethernet' ? ethernetBytes : 0;
  const etherType = link === 'ethernet' ? etherTypeAt(bytes, 12) : etherTypeOf(bytes);
  const headers = measureHeaders(bytes.subarray(start), etherType, key);
  if (!headers.ok) return headers;
  const { networkBytes, keptNetworkBytes, transportBytes, keptTransportBytes } = headers.value;
  const transport = start + networkBytes;
  const ethernet = new Uint8Array(ethernetBytes);
  new DataView(ethernet.buffer).setUint16(12, etherType);
  const canonical = Buffer.concat([
    ethernet,
    bytes.subarray(start, start + keptNetworkBytes),
    bytes.subarray(transport, transport + keptTransportBytes),
    bytes.subarray(transport + transportBytes),
  ]);
  return layOutInput(canonical, key, {
    length: length + canonical.length - bytes.length,
    protocol: etherType,
    link: 0,
  });
};

/** Sizes in the packet, and of what is kept of it. */
interface Headers {
  readonly networkBytes: number;
  readonly keptNetworkBytes: number;
  readonly transportBytes: number;
  readonly keptTransportBytes: number;
}

function measureHeaders(bytes: Uint8Array, etherType: number, key: number): Outcome<Headers> {
  if (etherType !== ipv4 && etherType !== ipv6) {
    return mistake('packet-not-ip', `packet ${key + 1} is not IP, and sockets have no other`);
  }
  const isOld = etherType === ipv4;
  const keptNetworkBytes = isOld ? 20 : 40;
  const networkBytes = isOld ? ((bytes[0] ?? 0) & 15) * 4 : 40;
  const protocol = bytes[isOld ? 9 : 6] ?? 0;
  const keptTransportBytes = plainBytes[protocol] ?? 0;
  const dataOffset = (bytes[networkBytes + 12] ?? 0) >> 4;
  const transportBytes = protocol === tcp ? dataOffset * 4 : keptTransportBytes;
  const isWhole =
    networkBytes >= keptNetworkBytes &&
    transportBytes >= keptTransportBytes &&
    bytes.length >= networkBytes + transportBytes;
  if (!isWhole) {
    return mistake(
      'packet-cut',
      `packet ${key + 1} ends within its headers, which sockets have whole`,
    );
  }
  return success({ networkBytes, keptNetworkBytes, transportBytes, keptTransportBytes });
}
