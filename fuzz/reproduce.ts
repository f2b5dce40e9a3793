import type { OracleStream } from '../test/oracle/stream.js';
import { judgeCompiled } from './compiled.js';
import { emptyTally, type Finding } from './finding.js';
import { judge } from './judge.js';
import type { Subject } from './ours.js';
import { type Suspect, shrink } from './shrink.js';

/** What is wrong with a text, or with its verdict of one packet. The interpreter's findings come first. */
export async function reproduce(
  oracle: OracleStream,
  subject: Subject,
  packet: Suspect['packet'],
  includesC: boolean,
): Promise<readonly Finding[]> {
  const packets = packet === undefined ? [] : [packet];
  const { findings, agreed } = await judge(oracle, subject, () => packets, emptyTally());
  if (agreed === undefined || !includesC) return findings;
  const one = { ...subject, ...agreed, number: 0 };
  const compiled = [...(await judgeCompiled([one], true)), ...(await judgeCompiled([one], false))];
  return [...findings, ...compiled.map(({ finding }) => finding)];
}

/** The smallest text and packet of which the same can be said as of this finding, and what is said of them. */
export async function minimise(
  oracle: OracleStream,
  subject: Subject,
  finding: Finding,
): Promise<{ readonly suspect: Suspect; readonly finding: Finding }> {
  let last = finding;
  const stillFails = async ({ text, packet }: Suspect) => {
    const again = await reproduce(oracle, { ...subject, text }, packet, finding.engine === 'c');
    const same = again.find(
      ({ kind, engine }) => kind === finding.kind && engine === finding.engine,
    );
    if (same !== undefined) last = same;
    return same !== undefined;
  };
  const suspect = { text: subject.text, packet: finding.packet };
  // A hang would hang us too.
  if (finding.kind === 'hang') return { suspect, finding };
  // Asking the compiled C takes a compiler's run or two.
  const smallest = await shrink(suspect, stillFails, finding.engine === 'c' ? 150 : 4000);
  return { suspect: smallest, finding: last };
}
