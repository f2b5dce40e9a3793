import type * as Resolved from '../../ast/resolved.js';
import { etherType } from '../../link/ether-type.js';
import { all, test } from '../condition.js';
import { advance, type Layer, networkLoad, networkPlace } from '../layer.js';
import { isType } from '../link-types/index.js';
import type { Encapsulation } from './encapsulation.js';

/** Bytes of a PPPoE header (RFC 2516), and of the PPP protocol behind it. */
const headerLength = 6;
const protocolLength = 2;
const sessionOffset = 2;

/** `pppoes [session]`: what follows is about the PPP frame inside (gen_pppoes). */
export function enterPppoeSession(
  layer: Layer,
  { session, span }: Resolved.PppoeSession,
): Encapsulation {
  const isSession = isType(layer, span, etherType.pppoeSession);
  const frame = advance(networkPlace(layer), headerLength);
  return {
    condition:
      session === undefined
        ? isSession
        : all(isSession, test(span, '==', networkLoad(layer, 2, sessionOffset), session)),
    inner: {
      ...layer,
      link: 'ppp',
      header: frame,
      type: frame,
      payload: advance(frame, protocolLength),
      networkOffset: 0,
      isTunnel: false,
    },
  };
}
