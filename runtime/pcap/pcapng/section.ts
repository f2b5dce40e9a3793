import { machine, release, type } from 'node:os';
import {
  blockType,
  encodeBlock,
  encodeComment,
  encodeOption,
  encodeText,
  mostOptionBytes,
} from './blocks.js';
import type { Direction } from './direction.js';

const linkEthernet = 1;
const nanosecondExponent = 9;
/** The code of `if_filter` for text that libpcap understands. */
const filterIsText = 0;

const code = { hardware: 2, system: 3, application: 4 } as const;
const interfaceCode = { name: 2, description: 3, resolution: 9, filter: 11 } as const;

/** What a file says of a hook, which is an interface to it. */
export interface HookInterface {
  /** `ip_rcv@1`. */
  readonly name: string;
  readonly description: string;
  /** The direction of all its packets, if they have one in common. */
  readonly direction: Direction | undefined;
  /** Whether a packet is given back to the kernel there, which then uses its memory for others. */
  readonly frees: boolean;
}

/** The section header block. */
export function encodeSectionHeader(): Uint8Array {
  const fixed = new Uint8Array(16);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, 0x1a2b3c4d, true);
  view.setUint16(4, 1, true);
  // The length of the section, unknown.
  view.setBigInt64(8, -1n, true);
  return encodeBlock(blockType.section, fixed, [
    encodeText(code.hardware, machine()),
    encodeText(code.system, `${type()} ${release()}`),
    encodeText(code.application, 'netcap'),
  ]);
}

/** The interface description block of a hook. The filter is empty if there is none. */
export function encodeInterface(
  { name, description }: HookInterface,
  filter: string,
  snaplenBytes: number,
): Uint8Array {
  const fixed = new Uint8Array(8);
  const view = new DataView(fixed.buffer);
  view.setUint16(0, linkEthernet, true);
  view.setUint32(4, snaplenBytes, true);
  return encodeBlock(blockType.interface, fixed, [
    encodeText(interfaceCode.name, name),
    encodeText(interfaceCode.description, description),
    ...encodeFilter(filter),
    encodeOption(interfaceCode.resolution, Uint8Array.of(nanosecondExponent)),
  ]);
}

/** A filter that is cut off would be another filter. */
function encodeFilter(filter: string): readonly Uint8Array[] {
  if (filter === '') return [];
  const text = Buffer.from(filter);
  if (text.length >= mostOptionBytes) {
    return [encodeComment(`the filter of ${text.length} bytes is too long for this block`)];
  }
  return [encodeOption(interfaceCode.filter, Buffer.concat([Uint8Array.of(filterIsText), text]))];
}
