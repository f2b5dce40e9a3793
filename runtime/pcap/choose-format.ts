import { extname } from 'node:path';

/** Formats of capture files, as `--file-format` names them. */
export const captureFormats = ['pcapng', 'pcap'] as const;

/** The name of a format. */
export type CaptureFormatName = (typeof captureFormats)[number];

/** Names that tcpdump's manual gives to files of its own, which are classic ones. */
const classicExtensions: ReadonlySet<string> = new Set(['.pcap', '.cap', '.dmp']);

/** The format that the name of a file asks for; pcapng, which tells most, where it asks for none. */
export function formatOfName(path: string): CaptureFormatName {
  return classicExtensions.has(extname(path).toLowerCase()) ? 'pcap' : 'pcapng';
}
