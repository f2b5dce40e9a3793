import type { Remark } from '../format.js';
import { encodeComment, endOfOptionsBytes, padded } from './blocks.js';
import { customOption } from './custom-option.js';

/** What ends the options of a packet and is the same for many: encoded once for each reason and place. */
export interface EncodedRemark {
  /** Length that netcap's option states: the enterprise's number, the fixed part and the location. */
  readonly customBytes: number;
  /** The rest of netcap's option, which is the location with its padding; the comment; the end of the options. */
  readonly bytes: Uint8Array;
}

/** The remark on a packet: by its reason, where it was dropped, and whether it had a MAC header. */
export type EncodeRemark = (
  reason: number,
  locationLow: number,
  locationHigh: number,
  hasMacHeader: boolean,
) => EncodedRemark;

/** The bits of an address's upper half that tell it from others: above them kernel addresses have ones only. */
const addressMask = 0x1f_ffff;

/** The kernel has some thousands of places that drop packets; an argument that is no address could be anything. */
const mostCached = 65536;

const noMacHeader = 'no MAC header here: the one shown is made up';

/** A function that encodes remarks, each once. `remark` says what a reason and a place are called. */
export function createEncodeRemark(
  remark: (reason: number, location: bigint) => Remark,
): EncodeRemark {
  const places = new Map<number, Map<number, EncodedRemark>>();
  let cached = 0;
  const nothing = { frame: encodeRemark({}, true), network: encodeRemark({}, false) };
  return (reason, low, high, hasMacHeader) => {
    if (reason === 0 && low === 0 && high === 0) {
      return hasMacHeader ? nothing.frame : nothing.network;
    }
    const place = (high & addressMask) * 0x1_0000_0000 + low;
    const kind = reason * 2 + (hasMacHeader ? 1 : 0);
    const known = places.get(place)?.get(kind);
    if (known !== undefined) return known;
    if (cached++ === mostCached) {
      places.clear();
      cached = 1;
    }
    const location = (BigInt(high) << 32n) | BigInt(low);
    const encoded = encodeRemark(remark(reason, location), hasMacHeader);
    const kinds = places.get(place);
    if (kinds === undefined) places.set(place, new Map([[kind, encoded]]));
    else kinds.set(kind, encoded);
    return encoded;
  };
}

function encodeRemark({ text, location = '' }: Remark, hasMacHeader: boolean): EncodedRemark {
  const place = Buffer.from(location);
  const parts = [text, hasMacHeader ? undefined : noMacHeader].filter((part) => part !== undefined);
  const comment = parts.length === 0 ? new Uint8Array() : encodeComment(parts.join('; '));
  const placeBytes = padded(place.length);
  const bytes = new Uint8Array(placeBytes + comment.length + endOfOptionsBytes);
  bytes.set(place);
  bytes.set(comment, placeBytes);
  return { customBytes: 4 + customOption.fixedBytes + place.length, bytes };
}
