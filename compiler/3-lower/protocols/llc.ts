import type * as Resolved from '../../ast/resolved.js';
import { binary, constant } from '../../ir/build.js';
import { all, type Condition, test } from '../condition.js';
import { type Layer, loadFrom } from '../layer.js';
import { isLengthFrame } from '../link-types/ethernet.js';

/** Both access points all ones: Novell's frames without LLC. */
const novell = 0xffff;
const controlOffset = 2;

/** `llc [type]`: a frame with an LLC header (gen_llc), and a control field of this type. */
export function isLogicalLink(layer: Layer, { span, control }: Resolved.LogicalLink): Condition {
  const hasHeader = all(
    isLengthFrame(layer, span),
    test(span, '!=', loadFrom(layer.payload, 2, 0), novell),
  );
  if (control === undefined) return hasHeader;
  const field = binary('&', loadFrom(layer.payload, 1, controlOffset), constant(control.mask));
  return all(hasHeader, test(span, control.operator, field, control.value));
}
