import type { Condition } from '../condition.js';
import type { Layer } from '../layer.js';

/** What an encapsulation asks of a packet, and where the headers are for all text to its right. */
export interface Encapsulation {
  readonly condition: Condition;
  readonly inner: Layer;
}
