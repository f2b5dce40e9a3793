import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Why tests that load programs cannot run here, or undefined. */
export function missingForLoading(): string | undefined {
  return process.getuid?.() === 0 ? missingBtf() : 'not root';
}

/** Why tests that ask the kernel about itself cannot run here, or undefined. */
export function missingBtf(): string | undefined {
  return existsSync('/sys/kernel/btf/vmlinux') ? undefined : 'the kernel has no BTF';
}

/** Why tests that call programs cannot run here, or undefined. */
export function missingTools(...names: readonly string[]): string | undefined {
  const missing = names.filter((name) => !runs(name));
  return missing.length === 0 ? undefined : `${missing.join(', ')} not installed`;
}

function runs(name: string): boolean {
  try {
    execFileSync(name, [name === 'ip' ? '-V' : '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Arguments of setpriv that run a command as nobody. It may still read all files, as the project may lie in a folder of
 * root's alone; tsx gives up there, so the command is one of the built programs.
 */
export function withoutPrivileges(...command: readonly string[]): readonly string[] {
  const capabilities = '-all,+dac_read_search';
  const who = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
  return [...who, '--inh-caps', capabilities, '--ambient-caps', capabilities, ...command];
}
