import type { Instruction } from '../test/oracle/stream.js';
import { pick, type Random } from '../test/packets/random.js';
import { generateFilter, type Style } from './filters/generate.js';
import { mutateFilter } from './filters/mutate.js';
import { combineQualifiers, makeSoup } from './filters/nonsense.js';
import { type FuzzLink, links } from './links.js';
import { type FuzzPacket, makePackets } from './packets/make.js';
import { caseRandom } from './seed.js';

/** Cases that share a link type and a netmask, and so can share a compiled program. */
export const casesPerBatch = 100;

/** A filter text and what it is compiled for. */
export interface FuzzCase {
  readonly number: number;
  readonly link: FuzzLink;
  readonly netmask: number | undefined;
  readonly text: string;
}

/** Which cases there are: the same seed gives the same ones. */
export interface Series {
  readonly seed: number;
  /** One link type alone, instead of all in turn. */
  readonly link: FuzzLink | undefined;
}

const netmasks = [undefined, 0xffffff00, 0xffff0000, 0xfffffffc] as const;
const styles = ['realistic', 'realistic', 'wide', 'deep'] as const satisfies readonly Style[];

/** The case of this number: three of four are valid filters, the others have mistakes. */
export function makeCase(series: Series, number: number): FuzzCase {
  const batch = Math.floor(number / casesPerBatch);
  // Every other batch is Ethernet, about which there is most to say.
  const pair = batch >> 1;
  const turn = links[pair % links.length] ?? links[0];
  const link = series.link ?? (batch % 2 === 0 ? links[0] : turn);
  const netmask = netmasks[pair % netmasks.length];
  const random = caseRandom(series.seed, number, 'filter');
  return { number, link, netmask, text: makeText(random, link.link, netmask !== undefined) };
}

function makeText(random: Random, link: FuzzLink['link'], hasNetmask: boolean): string {
  const kind = random(100);
  if (kind < 4) return combineQualifiers(random);
  if (kind < 6) return makeSoup(random);
  const valid = generateFilter(random, { link, style: pick(random, styles), hasNetmask });
  return kind < 25 ? mutateFilter(random, valid) : valid;
}

/** The packets of a case; they follow libpcap's program, so they are made once that is known. */
export function makeCasePackets(
  series: Series,
  { number, link, text }: FuzzCase,
  program: readonly Instruction[],
  count: number,
): readonly FuzzPacket[] {
  const random = caseRandom(series.seed, number, 'packets');
  return makePackets(random, link.link, text, program, count);
}
