/** Which argument of a hook is what. Pure: signatures in, indexes out. */
import { noArgument, noOffset } from '../events/flags.js';
import type { Parameter } from './btf.js';
import type { EventField } from './event-format.js';

const skb = 'struct sk_buff *';

/** C types of what each target takes for a packet. */
export const packetTypes: Readonly<Record<string, string>> = {
  skb,
  sock: 'struct sock *',
};

/** Indexes from 0, or `noArgument`. */
export interface ArgumentIndexes {
  readonly packet: number;
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
  return {
    packet: indexOr(parameters.findIndex(({ type }) => type === packetType)),
    location: indexOr(parameters.findIndex(isLocation)),
    reason: indexOr(parameters.findIndex(({ type }) => type === 'enum skb_drop_reason')),
    payload:
      packetType === skb ? noArgument : indexOr(parameters.findIndex(({ type }) => type === skb)),
  };
}

/** A tracepoint's prototype may come without names; its only `void *` then is the place (kfree_skb, consume_skb). */
function isLocation({ name, type }: Parameter): boolean {
  return type === 'void *' && (name === 'location' || name === '');
}

/** Whether a packet could be behind an argument that the user chose. */
export function canBePacket(parameter: Parameter, packetType: string): boolean {
  return [packetType, 'void *', 'long unsigned int'].includes(parameter.type);
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
