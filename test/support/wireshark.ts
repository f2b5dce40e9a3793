import { spawnSync } from 'node:child_process';

/** tshark tells root that it is root; everything else it says is a complaint. */
const aboutRoot = /^Running as user "root" and group "root"\. This could be dangerous\.\n/;

/** What a program of Wireshark prints of a file. Throws if it complains of anything. */
export function runWireshark(program: 'tshark' | 'capinfos', ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  const complaints = stderr.replace(aboutRoot, '');
  if (status !== 0 || complaints !== '') throw new Error(`${program}: ${status} ${complaints}`);
  return stdout;
}

/** The values of fields, one row for each packet. */
export function readFields(
  file: string,
  fields: readonly string[],
  options: readonly string[] = [],
): readonly (readonly string[])[] {
  const args = fields.flatMap((field) => ['-e', field]);
  const text = runWireshark('tshark', ...options, '-r', file, '-T', 'fields', ...args);
  return text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => line.split('\t'));
}

/** Reads the file as a sequence of blocks, not of packets. */
export const asBlocks = ['-X', 'read_format:MIME Files Format'];
