/** When to go on in another file, as tcpdump's options of the same letters say. */
export interface RotationOptions {
  /** `-C`: a packet goes to another file if the file is larger than this. */
  readonly sizeBytes?: number;
  /** `-G`: a packet that comes so many seconds after the file was begun goes to another file. */
  readonly seconds?: number;
  /** `-W`: with sizes, the number of files that are written in turn; with seconds alone, files to end after. */
  readonly files?: number;
}

/** Names the files of a capture. It is told when a file is due; all times are seconds since 1970. */
export interface Rotation {
  readonly options: RotationOptions;
  /** The first file. */
  first(): string;
  /** Whether the time of the file is up. */
  isTimeUp(now: number): boolean;
  /** The file after one whose time is up; undefined if it was the last. */
  afterTime(now: number): string | undefined;
  /** The file after one that has become too large. */
  afterSize(): string;
}

/**
 * Names of files as tcpdump makes them: the path, with -G through strftime for the time at which the file was begun,
 * and with -C a number behind it, with leading zeros if -W tells how many there will be, and none for the first file
 * otherwise. Time starts the numbers anew. `formatTime` is strftime of local time.
 */
export function createRotation(
  path: string,
  options: RotationOptions,
  begin: number,
  formatTime: (format: string, seconds: number) => string,
): Rotation {
  const { sizeBytes, seconds, files } = options;
  const digits = sizeBytes === undefined ? 0 : digitsFor(files);
  let begun = begin;
  let byTime = 0;
  let bySize = 0;
  const name = () => {
    const stem = seconds === undefined ? path : formatTime(path, begun);
    return bySize === 0 && digits === 0 ? stem : stem + String(bySize).padStart(digits, '0');
  };
  return {
    options,
    first: name,
    isTimeUp: (now) => seconds !== undefined && now - begun >= seconds,
    afterTime: (now) => {
      begun = now;
      byTime++;
      bySize = 0;
      const isLast = sizeBytes === undefined && files !== undefined && byTime >= files;
      return isLast ? undefined : name();
    },
    afterSize: () => {
      bySize++;
      if (files !== undefined && bySize >= files) bySize = 0;
      return name();
    },
  };
}

/** Digits of the largest number, which is one less than the files; one file has no number. */
function digitsFor(files: number | undefined): number {
  return files === undefined || files < 2 ? 0 : String(files - 1).length;
}
