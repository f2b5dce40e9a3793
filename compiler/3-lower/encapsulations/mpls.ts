import type * as Resolved from '../../ast/resolved.js';
import { binary, constant } from '../../ir/build.js';
import { etherType } from '../../link/ether-type.js';
import { all, test } from '../condition.js';
import { type Layer, networkLoad, typeLoad } from '../layer.js';
import { isBottom } from '../link-types/index.js';
import { labelledProtocol } from '../link-types/point-to-point.js';
import type { Encapsulation } from './encapsulation.js';

/** Bytes of a label stack entry: 20 bits of label, then class, bottom of stack and time to live (RFC 3032). */
const entryLength = 4;

/** `mpls [label]`: the first asks for the type, each deeper one for a label before it that is not the last (gen_mpls). */
export function enterMpls(layer: Layer, { label, span }: Resolved.Mpls): Encapsulation {
  const type = layer.link === 'ppp' ? labelledProtocol : etherType.mpls;
  const isLabelled =
    layer.labels > 0 ? isBottom(layer, span, false) : test(span, '==', typeLoad(layer), type);
  const entry = binary('&', networkLoad(layer, 4, 0), constant(0xfffff000));
  return {
    condition:
      label === undefined
        ? isLabelled
        : all(isLabelled, test(span, '==', entry, (label << 12) >>> 0)),
    inner: {
      ...layer,
      networkOffset: layer.networkOffset + entryLength,
      labels: layer.labels + 1,
    },
  };
}
