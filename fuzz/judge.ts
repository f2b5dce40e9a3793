import type { Answer, OracleStream } from '../test/oracle/stream.js';
import { excusePacket, excuseText } from './deliberate.js';
import { type Finding, leaveOut, type Tally } from './finding.js';
import { type Study, type Subject, study, verdict } from './ours.js';
import type { FuzzPacket } from './packets/make.js';

type Accepted = Extract<Answer, { readonly kind: 'accepted' }>;

/** What libpcap and our interpreter said of a text and its packets. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** Present where both accept the text: what other engines are to be compared with. */
  readonly agreed?:
    | { readonly packets: readonly FuzzPacket[]; readonly answer: Accepted }
    | undefined;
}

/** Compare our interpreter with libpcap on a text and, where both accept it, on the packets made for it. */
export async function judge(
  oracle: OracleStream,
  subject: Subject,
  makePackets: (answer: Accepted) => readonly FuzzPacket[],
  tally: Tally,
): Promise<Judgement> {
  const question = {
    expression: subject.text,
    linkType: subject.link.number,
    netmask: subject.netmask,
  };
  const text = await oracle.ask({ ...question, packets: [] });
  const ours = study(subject);
  tally.filters += 1;
  if (text.kind === 'rejected') tally.rejected += 1;
  if (text.kind === 'silent') tally.silent += 1;
  if (ours.kind === 'unsupported') tally.unsupported += 1;
  if (ours.kind === 'broken')
    return { findings: [{ kind: 'broken', engine: 'text', detail: ours.problem }] };
  if (text.kind === 'silent' || ours.kind === 'unsupported') return { findings: [] };
  if (ours.kind !== 'accepted' || text.kind !== 'accepted')
    return { findings: compareTexts(subject, ours, text, tally) };

  const packets = makePackets(text);
  const answer = await oracle.ask({ ...question, packets });
  if (answer.kind !== 'accepted') {
    tally.silent += 1;
    return { findings: [] };
  }
  tally.pairs += packets.length;
  const findings = ours.programs.flatMap(({ engine, program }) =>
    compareVerdicts(
      ...([subject, engine, packets, packets.map((packet) => verdict(program, packet))] as const),
      ...([answer, tally] as const),
    ),
  );
  return { findings, agreed: { packets, answer } };
}

function compareTexts(
  subject: Subject,
  ours: Study,
  theirs: Answer,
  tally: Tally,
): readonly Finding[] {
  if (ours.kind === theirs.kind) return [];
  const excuse = excuseText(subject.text, ours, theirs);
  if (excuse !== undefined) {
    leaveOut(tally, excuse);
    return [];
  }
  const we = ours.kind === 'rejected' ? `refused by us (${ours.code})` : 'accepted by us';
  const they =
    theirs.kind === 'rejected' ? `refused by libpcap: ${theirs.message}` : 'accepted by libpcap';
  return [{ kind: 'acceptance', engine: 'text', detail: `${we}, ${they}` }];
}

/** The first packet on which an engine differs from libpcap; a string among ours is what the engine threw. */
export function compareVerdicts(
  subject: Subject,
  engine: Finding['engine'],
  packets: readonly FuzzPacket[],
  ours: readonly (boolean | string)[],
  answer: Accepted,
  tally: Tally,
): readonly Finding[] {
  for (const [index, packet] of packets.entries()) {
    const verdict = ours[index];
    const theirs = answer.bits[index] === '1';
    if (verdict === theirs) continue;
    const excuse = excusePacket(subject.text, answer.program, packet);
    if (excuse !== undefined) {
      if (engine === 'ir') leaveOut(tally, excuse);
      continue;
    }
    const say = (value: boolean) => (value ? 'match' : 'no match');
    const we = typeof verdict === 'boolean' ? say(verdict) : (verdict ?? 'no verdict');
    const detail = `ours ${we}, libpcap ${say(theirs)}`;
    const kind = typeof verdict === 'string' ? 'broken' : 'verdict';
    return [{ kind, engine, detail, packet }];
  }
  return [];
}
