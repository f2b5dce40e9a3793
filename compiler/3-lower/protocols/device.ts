import type * as Resolved from '../../ast/resolved.js';
import { masked } from '../../ir/build.js';
import type * as Ir from '../../ir/nodes.js';
import { all, type Condition, test } from '../condition.js';
import { type Layer, loadFrom } from '../layer.js';

/** A packet that the host itself sent (linux/if_packet.h; the same number in the headers of cooked packets). */
const outgoing = 4;

/** `inbound`, `outbound`: from the cooked header, or from what the kernel says of the packet (gen_inbound_outbound). */
export function isDirection(layer: Layer, { span, outbound }: Resolved.PacketDirection): Condition {
  return test(span, outbound ? '==' : '!=', packetType(layer), outgoing);
}

function packetType({ link, header }: Layer): Ir.Expression {
  if (header !== undefined && link === 'linux-sll') return loadFrom(header, 2, 0);
  if (header !== undefined && link === 'linux-sll2') return loadFrom(header, 1, 10);
  return { kind: 'metadata', field: 'packet-type' };
}

/** `ifindex N` (gen_ifindex). */
export function isInterface(layer: Layer, { span, value }: Resolved.InterfaceIndex): Condition {
  const { link, header } = layer;
  const index: Ir.Expression =
    header !== undefined && link === 'linux-sll2'
      ? loadFrom(header, 4, 4)
      : { kind: 'metadata', field: 'interface' };
  return test(span, '==', index, value);
}

const nameWords = ['name-0', 'name-1', 'name-2', 'name-3'] as const;

/** `ifname NAME`: word by word with the 0 byte at its end; what stands behind that is not the name's. */
export function isInterfaceName({ span, name }: Resolved.InterfaceName): Condition {
  const bytes = [...new TextEncoder().encode(name), 0];
  const words = nameWords.slice(0, Math.ceil(bytes.length / 4)).map((field, word) => {
    const part = bytes.slice(4 * word, 4 * word + 4);
    const padded = [...part, 0, 0, 0].slice(0, 4);
    const value = padded.reduce((number, byte) => number * 256 + byte, 0);
    const mask = (0xffffffff << (8 * (4 - part.length))) >>> 0;
    return test(span, '==', masked({ kind: 'metadata', field }, mask, 0xffffffff), value);
  });
  return all(...words);
}
