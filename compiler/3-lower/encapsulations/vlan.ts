import type * as Resolved from '../../ast/resolved.js';
import { binary, constant } from '../../ir/build.js';
import { etherType } from '../../link/ether-type.js';
import { all, any, test } from '../condition.js';
import { advance, type Layer, loadFrom, typeLoad } from '../layer.js';
import type { Encapsulation } from './encapsulation.js';

/** Bytes of a tag: its type stands where the frame's did, the frame's own type at its end (IEEE 802.1Q). */
const tagLength = 4;

/** `vlan [id]` (gen_vlan). */
export function enterVlan(layer: Layer, { identifier, span }: Resolved.Vlan): Encapsulation {
  const types = [etherType.vlan, etherType.serviceVlan, etherType.oldServiceVlan];
  const isTagged = any(...types.map((type) => test(span, '==', typeLoad(layer), type)));
  const control = binary('&', loadFrom(layer.payload, 2, 0), constant(0xfff));
  return {
    condition:
      identifier === undefined ? isTagged : all(isTagged, test(span, '==', control, identifier)),
    inner: {
      ...layer,
      type: layer.type === undefined ? advance(layer.payload, 2) : advance(layer.type, tagLength),
      payload: advance(layer.payload, tagLength),
    },
  };
}
