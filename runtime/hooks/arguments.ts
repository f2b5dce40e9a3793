/** Which argument of a hook is what. Pure: signatures in, indexes out. */
import { noArgument, noOffset, packetKinds, returned } from '../events/flags.js';
import type { Parameter, Signature } from './btf.js';
import type { EventField } from './event-format.js';

const skb = 'struct sk_buff *';
/** What a packet is before it has an skb: in a driver's XDP program. */
const xdp = 'struct xdp_buff *';

/** C types of what each target takes for a packet. */
export const packetTypes: Readonly<Record<string, string>> = {
  skb,
  sock: 'struct sock *',
};

/** Indexes from 0, or `noArgument`, or `returned`. */
export interface ArgumentIndexes {
  readonly packet: number;
  /** Of `packetKinds`. */
  readonly packetKind: number;
  readonly location: number;
  readonly reason: number;
  /** The skb that holds a sock's payload. */
  readonly payload: number;
}

/** Offsets into a tracepoint's event, or `noOffset`. */
export interface FieldOffsets {
  readonly packet: number;
  readonly location: number;
  readonly reason: number;
  /** The skb that holds a sock's payload. */
  readonly payload: number;
}

/** Find the packet by type, the place of a drop by name, its reason by type. */
export function findArguments(
  parameters: readonly Parameter[],
  packetType: string,
): ArgumentIndexes {
  const place = parameters.findIndex(({ type }) => type === packetType);
  const xdpPlace = packetType === skb ? parameters.findIndex(({ type }) => type === xdp) : -1;
  const isXdp = place < 0 && xdpPlace >= 0;
  return {
    packet: indexOr(isXdp ? xdpPlace : place),
    packetKind: isXdp ? packetKinds.xdp : kindOf(place < 0 ? '' : packetType),
    location: indexOr(parameters.findIndex(isLocation)),
    reason: indexOr(parameters.findIndex(({ type }) => type === 'enum skb_drop_reason')),
    payload:
      packetType === skb ? noArgument : indexOr(parameters.findIndex(({ type }) => type === skb)),
  };
}

/** Of a packet that is no XDP one, by the type of the parameter that carries it. */
function kindOf(type: string): number {
  return type === skb ? packetKinds.typed : packetKinds.target;
}

/** A tracepoint's prototype may come without names; its only `void *` then is the place (kfree_skb, consume_skb). */
function isLocation({ name, type }: Parameter): boolean {
  return type === 'void *' && (name === 'location' || name === '');
}

/** For a hook at a function's return: a packet that it returns counts if it takes none. */
export function findReturned(signature: Signature, packetType: string): ArgumentIndexes {
  const found = findArguments(signature.parameters, packetType);
  if (found.packet !== noArgument || signature.returns !== packetType) return found;
  return { ...found, packet: returned, packetKind: packetKinds.target };
}

/** The argument that the user chose, if a packet could be behind it. */
export function chosenPacket(
  parameters: readonly Parameter[],
  index: number,
  packetType: string,
): Pick<ArgumentIndexes, 'packet' | 'packetKind'> | undefined {
  const type = parameters[index]?.type ?? '';
  if ([packetType, 'void *', 'long unsigned int'].includes(type)) {
    return { packet: index, packetKind: kindOf(type) };
  }
  if (packetType === skb && type === xdp) return { packet: index, packetKind: packetKinds.xdp };
  return undefined;
}

/** Names under which events print the address of the packet. */
const packetFields: Readonly<Record<string, readonly string[]>> = {
  [skb]: ['skbaddr', 'skb', 'skb_addr'],
  'struct sock *': ['skaddr', 'sk', 'sock'],
};

/** The same for the fields of a tracepoint's event. */
export function findFields(fields: readonly EventField[], packetType: string): FieldOffsets {
  const names = packetFields[packetType] ?? [];
  const offset = (test: (field: EventField) => boolean) => fields.find(test)?.offset ?? noOffset;
  return {
    packet: offset(({ name, size }) => names.includes(name) && size === 8),
    location: offset(({ name, size }) => name === 'location' && size === 8),
    reason: offset(({ name, size }) => name === 'reason' && size === 4),
    payload:
      packetType === skb
        ? noOffset
        : offset(({ name }) => packetFields[skb]?.includes(name) === true),
  };
}

function indexOr(index: number): number {
  return index < 0 ? noArgument : index;
}
