import { execFileSync } from 'node:child_process';

/** Series of the kernels that there are guests of, oldest first. */
const all = ['5.10', '6.1', '6.12', '6.18', '7.2'] as const;

/** Those that a test is run on: all of them if ALL_KERNELS is set, which takes ten minutes more. */
export function guestKernels(...usual: readonly (typeof all)[number][]): readonly string[] {
  return process.env.ALL_KERNELS === undefined ? usual : all;
}

/** Why a guest of this kernel cannot be had here, if it cannot; fetches the kernel where it is missing. */
export function missingGuest(kernel: string): string | undefined {
  if (process.getuid?.() !== 0) return 'booting a guest with this root takes root';
  try {
    execFileSync('test/guest/kernels.sh', [kernel], { stdio: ['ignore', 'ignore', 'pipe'] });
    return undefined;
  } catch (error) {
    const { stderr } = error as { readonly stderr?: Buffer };
    return `kernel ${kernel} could not be fetched: ${stderr?.toString().trim().split('\n').at(-1)}`;
  }
}

/** Run a command in a guest; `folder` is shared read-write. Throws with its messages if it fails. */
export function runInGuest(kernel: string, folder: string, command: readonly string[]): void {
  const options = ['--time', '400', '--share', folder, kernel, '--', ...command];
  execFileSync('test/guest/run.sh', options, { stdio: ['ignore', 'ignore', 'pipe'] });
}
