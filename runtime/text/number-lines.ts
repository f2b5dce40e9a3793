import type { Annotation } from './annotate.js';

/**
 * Puts each packet's annotation on the lines that `tcpdump --number` prints. A packet may take any number of lines; its
 * first begins with its number, and the numbers count up, so a line that begins otherwise belongs to the packet before.
 */
export function createLineAnnotator(next: () => Annotation | undefined): (line: string) => string {
  let expected = 1;
  return (line) => {
    const match = /^ *(\d+) {2}/.exec(line);
    if (match === null || Number(match[1]) !== expected) return line;
    expected++;
    const { prefix, suffix } = next() ?? { prefix: '', suffix: '' };
    return prefix + line.slice(match[0].length) + suffix;
  };
}
