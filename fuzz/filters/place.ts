import type { Random } from '../../test/packets/random.js';
import type { FuzzLink } from '../links.js';

/**
 * Where in the text a filter stands: encapsulation keywords change what everything to their right may say. Written as
 * the text is, from left to right.
 */
export interface Place {
  link: FuzzLink['link'];
  /** MPLS labels so far. */
  labels: number;
  /** Whether a Geneve or VXLAN header makes offsets something to compute. */
  isTunnelled: boolean;
  /** Of libpcap's 16 scratch slots, those that tunnels and header chains keep. */
  slots: number;
}

/** What the parts of a filter are written with. */
export interface Writer {
  readonly random: Random;
  readonly place: Place;
  /** `ip broadcast` needs it. */
  readonly hasNetmask: boolean;
}

/** Whether packets have MAC addresses here. */
export function hasMac({ place }: Writer): boolean {
  return place.link === 'ethernet';
}

/** Whether a type other than IP can be asked for: a label tells nothing else. */
export function hasTypes({ place }: Writer): boolean {
  return place.labels === 0;
}

/** Whether offsets are known when compiling. */
export function hasFixedOffsets({ place }: Writer): boolean {
  return !place.isTunnelled;
}

/** A tunnel's inner frame; labels are not forgotten, and three offsets take a slot each. */
export function enterTunnel(place: Place): void {
  Object.assign(place, { link: 'ethernet', isTunnelled: true, slots: place.slots + 3 });
}
