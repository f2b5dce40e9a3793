import { address4, mac } from './addresses.js';
import { bytes, joinBytes, word16, zeros } from './bytes.js';

/** EtherTypes that the packet maker knows by name. */
export const etherTypes = {
  ip: 0x0800,
  arp: 0x0806,
  rarp: 0x8035,
  vlan: 0x8100,
  ip6: 0x86dd,
  serviceVlan: 0x88a8,
  vlan9100: 0x9100,
} as const;

/** An Ethernet II frame without padding or FCS; `type` may be a length. */
export function ether(
  source: string,
  destination: string,
  type: number,
  payload: Uint8Array,
): Uint8Array {
  return joinBytes(mac(destination), mac(source), word16(type), payload);
}

/** What follows a VLAN EtherType: tag control information, then the inner type and its payload. */
export function vlanTag(identifier: number, type: number, payload: Uint8Array): Uint8Array {
  return joinBytes(word16(identifier), word16(type), payload);
}

/** An IEEE 802.3 frame: a length, then an LLC header and its payload. */
export function llcFrame(
  source: string,
  destination: string,
  llc: Uint8Array,
  payload: Uint8Array,
): Uint8Array {
  return ether(source, destination, llc.length + payload.length, joinBytes(llc, payload));
}

/** An LLC header with one control byte. */
export function llc(destination: number, source: number, control: number): Uint8Array {
  return bytes(destination, source, control);
}

/** An LLC and SNAP header (RFC 1042). */
export function snap(organisation: number, type: number): Uint8Array {
  return joinBytes(
    llc(0xaa, 0xaa, 3),
    bytes(organisation >>> 16, organisation >>> 8, organisation),
    word16(type),
  );
}

/** The fields of an ARP or RARP packet that tests vary. */
export interface Arp {
  readonly operation: number;
  readonly sender: string;
  readonly target: string;
  readonly hardwareType?: number;
  readonly protocolType?: number;
  readonly hardwareLength?: number;
  readonly protocolLength?: number;
}

/** An ARP or RARP packet; lengths other than 6 and 4 are only claimed, or really change the layout of the addresses. */
export function arp(fields: Arp): Uint8Array {
  const hardwareLength = fields.hardwareLength ?? 6;
  const hardware = (last: number) => Uint8Array.from({ length: hardwareLength }, () => last);
  return joinBytes(
    word16(fields.hardwareType ?? 1),
    word16(fields.protocolType ?? etherTypes.ip),
    bytes(hardwareLength, fields.protocolLength ?? 4),
    word16(fields.operation),
    hardware(0x11),
    address4(fields.sender),
    hardware(fields.operation === 1 ? 0 : 0x22),
    address4(fields.target),
    zeros(4),
  );
}
