import type { Instruction } from '../../test/oracle/stream.js';
import type { Random } from '../../test/packets/random.js';
import type { FuzzLink } from '../links.js';
import type { Draft } from '../program.js';
import { chance } from '../seed.js';
import { type Constants, readConstants } from './constants.js';
import { encapsulate } from './encapsulate.js';
import { createLeader } from './follow.js';
import { linkHeader } from './link.js';
import { makeNetwork, type Payload } from './network.js';
import { changeLength, cutBytes, mutateBytes, noise } from './vary.js';

/** A packet as an oracle and our engines take it. */
export type FuzzPacket = Readonly<Draft>;

/**
 * Packets that hit a filter and that just miss it: headers made of its own constants, changed on the way through
 * libpcap's program, mutated, cut, of other lengths on the wire.
 */
export function makePackets(
  random: Random,
  link: FuzzLink['link'],
  text: string,
  program: readonly Instruction[],
  count: number,
): readonly FuzzPacket[] {
  const constants = readConstants(text);
  const lead = createLeader(random, program);
  const packets: FuzzPacket[] = [];
  while (packets.length < count) {
    const draft = startDraft(random, link, constants, packets);
    if (chance(random, 5)) changeLength(random, draft, constants);
    const { ends } = chance(random, 65) ? lead(draft) : { ends: [] };
    if (chance(random, 15)) mutateBytes(random, draft);
    if (chance(random, 30)) cutBytes(random, draft, ends);
    if (chance(random, 5)) changeLength(random, draft, constants);
    packets.push(draft);
  }
  return packets;
}

/** Headers made for the filter, now and then an earlier packet or noise. */
function startDraft(
  random: Random,
  link: FuzzLink['link'],
  constants: Constants,
  earlier: readonly FuzzPacket[],
): Draft {
  const previous = earlier[random(earlier.length)];
  if (previous !== undefined && chance(random, 25))
    return { bytes: previous.bytes.slice(), wireLength: previous.wireLength };
  const bytes = chance(random, 5) ? noise(random) : stack(random, link, constants);
  return { bytes, wireLength: bytes.length };
}

/** Encapsulations as the filter names them, one left out or said twice now and then. */
function stack(random: Random, link: FuzzLink['link'], constants: Constants): Uint8Array {
  let payload: Payload = makeNetwork(random, constants);
  const layers = constants.encapsulations
    .slice(0, 6)
    .flatMap((keyword) =>
      chance(random, 10) ? [keyword, keyword] : chance(random, 25) ? [] : [keyword],
    );
  if (chance(random, 3)) layers.push(chance(random, 50) ? 'vlan' : 'mpls');
  for (const keyword of layers.toReversed())
    payload = encapsulate(random, constants, keyword, payload);
  return linkHeader(random, constants, link, payload);
}
