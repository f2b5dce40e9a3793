import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type NamespacePair, withinTraced } from '../../examples/namespaces.js';

/** Hooks that are attached. */
export interface HeldHooks {
  /** In which way. */
  readonly kind: string;
  /** Detaches them; the fewest packets that one has seen. */
  readonly release: () => Promise<number>;
}

/** Attach an object so many times in the receiving namespace; `kind` is the only way, or `first` for netcap's own. */
export async function holdHooks(
  { far }: NamespacePair,
  object: string,
  { kind, count, hook }: { readonly kind: string; readonly count: number; readonly hook: string },
): Promise<HeldHooks> {
  const program = [process.execPath, '--import', 'tsx', 'bench/hooks/hold.ts'];
  const command = [...program, object, kind, String(count), hook];
  const child = spawn('unshare', withinTraced(far, ...command), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done) throw new Error(`${kind} cannot be attached at ${hook} ${count} times`);
    return line.value;
  };
  const attached = (await say()).replace(/^attached /, '');
  const closed = once(child, 'close');
  return {
    kind: attached,
    release: async () => {
      child.stdin.end();
      const seen = Number(await say());
      await closed;
      return seen;
    },
  };
}

/** Give the receiving interface an XDP program that does nothing. */
export async function holdPass({ far, device }: NamespacePair, object: string): Promise<HeldHooks> {
  const link = (...xdp: readonly string[]) =>
    promisify(execFile)('ip', ['-n', far, 'link', 'set', device, 'xdp', ...xdp]);
  await promisify(execFile)('clang', [
    ...['-target', 'bpf', '-O2', '-g', '-c', '-o', object],
    'bench/hooks/pass.bpf.c',
  ]);
  await link('obj', object, 'sec', 'xdp');
  return {
    kind: 'pass',
    release: async () => {
      await link('off');
      return Number.POSITIVE_INFINITY;
    },
  };
}
