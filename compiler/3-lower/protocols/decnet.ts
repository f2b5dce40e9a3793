import type * as Resolved from '../../ast/resolved.js';
import { binary, constant } from '../../ir/build.js';
import { etherType } from '../../link/ether-type.js';
import { all, any, type Condition, test } from '../condition.js';
import { type Layer, networkLoad } from '../layer.js';
import { isType } from '../link-types/index.js';
import { inDirection } from './ip.js';

/**
 * `decnet host area.node`: an address, low byte first, in the short or long header of a data packet, directly behind the
 * two bytes of length or behind one byte of padding (gen_dnhostop; DECnet routing layer, phase IV).
 */
export function isDecnetAddress(layer: Layer, primitive: Resolved.DecnetAddress): Condition {
  const { span, address } = primitive;
  const swapped = ((address & 0xff) << 8) | (address >>> 8);
  const masked = (width: 1 | 2 | 4, mask: number, value: number) =>
    test(span, '==', binary('&', networkLoad(layer, width, 2), constant(mask)), value >>> 0);
  const flags = { short: 0x02, long: 0x06 } as const;
  const at = (form: keyof typeof flags, offset: number) =>
    any(
      all(
        masked(1, 0x07, flags[form]),
        test(span, '==', networkLoad(layer, 2, 2 + offset), swapped),
      ),
      all(
        masked(2, 0xff07, 0x8100 | flags[form]),
        test(span, '==', networkLoad(layer, 2, 3 + offset), swapped),
      ),
    );
  // The destination of a short header stands beside the flags: one load has both.
  const beside = any(
    masked(4, 0x07ffff00, (flags.short << 24) | (swapped << 8)),
    masked(4, 0xff07ffff, ((0x8100 | flags.short) << 16) | swapped),
  );
  return all(
    isType(layer, span, etherType.decnet),
    inDirection(
      primitive.direction,
      { source: any(at('short', 3), at('long', 15)), destination: any(beside, at('long', 7)) },
      (matches) => matches,
    ),
  );
}
