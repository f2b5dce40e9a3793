import { readFileSync } from 'node:fs';

/** What an interface statistics block says. */
export interface StatisticsBlock {
  readonly hook: number;
  readonly seen: number | undefined;
  readonly missed: number | undefined;
  readonly matched: number | undefined;
  readonly lost: number | undefined;
  readonly written: number | undefined;
  readonly comments: readonly string[];
}

const statisticsType = 5;
const codes = { comment: 1, seen: 4, missed: 5, matched: 6, lost: 7, written: 8 } as const;

/**
 * The statistics blocks of a file that netcap wrote, in their order. tshark gives up on files of so many packets when
 * it shows blocks; test/runtime/pcap/pcapng has it read such blocks.
 */
export function readStatistics(file: string): readonly StatisticsBlock[] {
  const bytes = readFileSync(file);
  const found: StatisticsBlock[] = [];
  for (let block = 0; block < bytes.length; block += bytes.readUInt32LE(block + 4)) {
    if (bytes.readUInt32LE(block) !== statisticsType) continue;
    const options = readOptions(bytes, block + 20);
    const count = (code: number) => {
      const value = options.find((option) => option.code === code)?.value;
      return value === undefined ? undefined : Number(value.readBigUInt64LE());
    };
    found.push({
      hook: bytes.readUInt32LE(block + 8),
      seen: count(codes.seen),
      missed: count(codes.missed),
      matched: count(codes.matched),
      lost: count(codes.lost),
      written: count(codes.written),
      comments: options
        .filter(({ code }) => code === codes.comment)
        .map(({ value }) => value.toString()),
    });
  }
  return found;
}

function readOptions(bytes: Buffer, start: number) {
  const options: { readonly code: number; readonly value: Buffer }[] = [];
  let at = start;
  for (let code = bytes.readUInt16LE(at); code !== 0; code = bytes.readUInt16LE(at)) {
    const length = bytes.readUInt16LE(at + 2);
    options.push({ code, value: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + ((length + 3) & ~3);
  }
  return options;
}
