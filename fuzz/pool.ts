import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { casesPerBatch } from './case.js';
import { addTally, emptyTally, type Finding, type Tally } from './finding.js';
import type { Order, Report } from './worker.js';

/** A finding, and the case it is about. */
export interface NumberedFinding {
  readonly number: number;
  readonly finding: Finding;
}

/** What all cases came to. */
export interface Outcome {
  readonly tally: Tally;
  readonly findings: readonly NumberedFinding[];
}

/** How long a worker may say nothing; the longest it has to do is to compile the C of a batch. */
const silenceSeconds = 120;
const mostWorkers = 2;

/**
 * Judge cases in processes of their own, a batch at a time, until `next` has no more. A worker that says nothing for
 * long is ended, its case is a finding, and another worker goes on behind it.
 */
export async function judgeInWorkers(
  next: () => Pick<Order, 'first' | 'count'> | undefined,
  terms: Omit<Order, 'first' | 'count'>,
): Promise<Outcome> {
  const tally = emptyTally();
  const findings: NumberedFinding[] = [];
  const work = async () => {
    let worker = startWorker();
    for (let order = next(); order !== undefined; order = next()) {
      for (let rest: typeof order | undefined = order; rest !== undefined; ) {
        const result = await runOrder(worker, { ...terms, ...rest });
        if (result.kind === 'done') {
          addTally(tally, result.tally);
          findings.push(...result.findings);
          rest = undefined;
        } else {
          const { number, problem } = result;
          findings.push({ number, finding: { kind: 'hang', engine: 'text', detail: problem } });
          worker.kill('SIGKILL');
          worker = startWorker();
          const first = number + 1;
          const count: number = rest.first + rest.count - first;
          rest = count > 0 ? { first, count } : undefined;
        }
      }
    }
    worker.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(mostWorkers, availableParallelism()) }, work));
  return { tally, findings };
}

/** The batches from case 0 on, until the time is over or there are enough. */
export function batches(
  seconds: number,
  filters: number,
): () => Pick<Order, 'first' | 'count'> | undefined {
  const end = performance.now() + seconds * 1000;
  let first = 0;
  return () => {
    if (performance.now() > end || first >= filters) return undefined;
    const batch = { first, count: Math.min(casesPerBatch, filters - first) };
    first += casesPerBatch;
    return batch;
  };
}

function startWorker(): ChildProcess {
  return fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced', // JSON has no bytes
  });
}

type Result =
  | Extract<Report, { readonly kind: 'done' }>
  | { readonly kind: 'lost'; readonly number: number; readonly problem: string };

function runOrder(worker: ChildProcess, order: Order): Promise<Result> {
  return new Promise((resolve) => {
    let number = order.first;
    let timer: NodeJS.Timeout | undefined;
    const finish = (result: Result) => {
      clearTimeout(timer);
      worker.off('message', listen).off('exit', lose);
      resolve(result);
    };
    const watch = () => {
      clearTimeout(timer);
      const problem = `no answer within ${silenceSeconds} s`;
      timer = setTimeout(() => finish({ kind: 'lost', number, problem }), silenceSeconds * 1000);
    };
    const listen = (report: Report) => {
      if (report.kind === 'done') finish(report);
      else {
        number = report.number;
        watch();
      }
    };
    const lose = (status: number | null, signal: string | null) =>
      finish({ kind: 'lost', number, problem: `the process ended with ${signal ?? status}` });
    worker.on('message', listen).on('exit', lose);
    watch();
    worker.send(order);
  });
}
