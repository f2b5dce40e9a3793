import { constantValue } from './constants.js';

const flags: Readonly<Record<string, string>> = { psh: 'push', reset: 'rst' };

/** What someone means who writes a flag or a type of ICMP as if it were a condition: `tcp syn`, `icmp-echo`. */
export function conditionFor(word: string): string | undefined {
  const lower = word.toLowerCase().replace(/^tcp-/, '');
  const flag = `tcp-${Object.hasOwn(flags, lower) ? flags[lower] : lower}`;
  if (constantValue(flag) !== undefined) return `tcp[tcpflags] & ${flag} != 0`;
  const name = word.toLowerCase();
  for (const protocol of ['icmp', 'icmp6']) {
    const type = name.startsWith(`${protocol}-`) ? name : `${protocol}-${name}`;
    if (constantValue(type) !== undefined) return `${protocol}[${protocol}type] = ${type}`;
  }
  return undefined;
}

const offsets: Readonly<Record<string, string>> = { flags: 'tcpflags', type: 'icmptype' };

/** The constant someone means who writes a flag or a field as if it were a number: `tcp[flags] & syn`. */
export function constantFor(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (Object.hasOwn(offsets, lower)) return offsets[lower];
  const flag = `tcp-${Object.hasOwn(flags, lower) ? flags[lower] : lower}`;
  return constantValue(flag) === undefined ? undefined : flag;
}
