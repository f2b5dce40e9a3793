/** What was attached how, what was not and why: for people. */
import type { Attachment } from '../bpf/hook-set.js';
import { noArgument, returned } from '../events/flags.js';
import type { LeftOut, ManyWay, Way } from '../hooks/ways.js';

/** Names of functions that are shown for one reason. */
const shownNames = 5;

/** Lines about one of the user's specs. `isVerbose`: name all functions that were left out. */
export function describeAttachment(
  { way, notes, refused, leftOut, hooked }: Attachment,
  target: string,
  isVerbose: boolean,
): readonly string[] {
  const where =
    'functions' in way ? describeFunctions(way, hooked, target) : describePlace(way, target);
  const before = refused.map(({ kind, error }) => `; not as ${kind}: ${error.reason}`);
  return [
    ...notes.map((note) => `note: ${note}`),
    `attached ${way.kind}:${way.target}${where}${before.join('')}`,
    ...describeLeftOut(leftOut, isVerbose),
  ];
}

function describePlace({ kind, arguments: found, fields }: Way, target: string): string {
  if (kind === 'tcx' || kind.startsWith('xdp')) return '';
  const { packet, payload } = found;
  const more = payload === noArgument ? '' : `, payload is argument ${payload + 1}`;
  if (packet === noArgument) return ` (${target} is at offset ${fields.packet} of the event)`;
  if (packet === returned) return ` (${target} is what it returns)`;
  return ` (${target} is argument ${packet + 1}${more})`;
}

function describeFunctions({ functions }: ManyWay, hooked: number, target: string): string {
  const counts = new Map<number, number>();
  for (const { arguments: found } of functions) {
    counts.set(found.packet, (counts.get(found.packet) ?? 0) + 1);
  }
  const [first = 0, ...others] = [...counts.keys()].sort((a, b) => a - b);
  const where =
    others.length === 0
      ? `argument ${first + 1}`
      : `argument ${first + 1} of ${counts.get(first)}, ${others
          .map((packet) => `${packet + 1} of ${counts.get(packet)}`)
          .join(', ')}`;
  return ` at ${hooked} functions (${target} is ${where})`;
}

/** A line for each reason. */
function describeLeftOut(leftOut: readonly LeftOut[], isVerbose: boolean): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { name, reason } of leftOut) {
    const list = names.get(reason);
    if (list === undefined) names.set(reason, [name]);
    else list.push(name);
  }
  return [...names].map(([reason, list]) => {
    const shown = isVerbose ? list : list.slice(0, shownNames);
    const rest = list.length - shown.length;
    const more = rest === 0 ? '' : ` and ${rest} more (-v names them)`;
    return `not attached, ${reason}: ${shown.join(', ')}${more}`;
  });
}
