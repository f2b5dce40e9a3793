import { openOracle } from '../test/oracle/stream.js';
import { casesPerBatch, makeCase, makeCasePackets, type Series } from './case.js';
import { type JudgedCase, judgeCompiled } from './compiled.js';
import { emptyTally, type Finding, type Tally } from './finding.js';
import { judge } from './judge.js';
import { findLink } from './links.js';

/** Judge a batch from a case on. */
export interface Order {
  readonly seed: number;
  readonly linkName: string | undefined;
  readonly engines: 'ir' | 'c' | 'both';
  readonly packetsPerFilter: number;
  readonly first: number;
  readonly count: number;
}

/** What a worker is about to do, or what a batch came to. */
export type Report =
  | { readonly kind: 'begin'; readonly number: number }
  | {
      readonly kind: 'done';
      readonly tally: Tally;
      readonly findings: readonly { readonly number: number; readonly finding: Finding }[];
    };

const oracle = openOracle();

process.on('message', (order: Order) => {
  void judgeBatch(order).then(send);
});
process.on('disconnect', () => void oracle.close());

async function judgeBatch(order: Order): Promise<Report> {
  const series: Series = {
    seed: order.seed,
    link: order.linkName === undefined ? undefined : findLink(order.linkName),
  };
  const tally = emptyTally();
  const findings: { number: number; finding: Finding }[] = [];
  const agreed: JudgedCase[] = [];
  for (let number = order.first; number < order.first + order.count; number++) {
    await send({ kind: 'begin', number });
    const one = makeCase(series, number);
    const make = ({ program }: Parameters<Parameters<typeof judge>[2]>[0]) =>
      makeCasePackets(series, one, program, order.packetsPerFilter);
    const judgement = await judge(oracle, one, make, tally);
    if (order.engines !== 'c')
      findings.push(...judgement.findings.map((finding) => ({ number, finding })));
    if (judgement.agreed !== undefined) agreed.push({ ...one, ...judgement.agreed });
  }
  if (order.engines !== 'ir') {
    // With and without our optimiser in turn: a compiler's run costs as much as all else.
    const isOptimised = (Math.floor(order.first / casesPerBatch) >> 1) % 2 === 0;
    findings.push(...(await judgeCompiled(agreed, isOptimised)));
  }
  return { kind: 'done', tally, findings };
}

function send(report: Report): Promise<void> {
  return new Promise((resolve) => process.send?.(report, undefined, {}, () => resolve()));
}
