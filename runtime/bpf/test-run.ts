import { createTestRunOptions, lastErrno, libbpf } from '../ffi/libbpf.js';
import { createBpfError } from './error.js';

/** Arguments that a raw tracepoint program may look at. */
const argumentCount = 12;

/** Runs a raw tracepoint program here and now, with one argument; what it returned. Throws BpfError. */
export function createTestRun(programFd: number): (argument: bigint) => number {
  // Too large for V8's heap, on which arrays move: the options hold its address.
  const context = new BigUint64Array(argumentCount);
  const options = createTestRunOptions(new Uint8Array(context.buffer));
  return (argument) => {
    context[0] = argument;
    if (libbpf().bpf_prog_test_run_opts(programFd, options.bytes) < 0) {
      throw createBpfError({ operation: 'run the program over a packet', errno: lastErrno() });
    }
    return options.result();
  };
}
