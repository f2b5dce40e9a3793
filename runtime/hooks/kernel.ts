import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Btf, decodeBtf, joinBtf, type Parameter } from './btf.js';
import { type EventField, parseEventFormat } from './event-format.js';

/** What the running kernel tells about itself. Each part is read at the first question. */
export interface Kernel {
  /** Without modules; undefined if the kernel was built without CONFIG_DEBUG_INFO_BTF. */
  btf(): Btf | undefined;
  /** Parameters of a function of the kernel or a module, or undefined if BTF does not describe it. */
  functionParameters(name: string): readonly Parameter[] | undefined;
  /** The same for what a tracepoint hands to its programs. */
  eventParameters(event: string): readonly Parameter[] | undefined;
  /** Whether tracefs is mounted, so that `eventFields` can know. */
  hasTracefs(): boolean;
  /** Fields of a tracepoint's event, or undefined if it does not exist or tracefs is not mounted. */
  eventFields(subsystem: string, event: string): readonly EventField[] | undefined;
  /** `subsystem:event` of every event; empty if tracefs is not mounted. */
  events(): readonly string[];
  /** Functions in the kernel and its modules, whether or not BTF describes them. */
  symbolNames(): ReadonlySet<string>;
}

const btfPath = '/sys/kernel/btf';
const tracefsPaths = ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'];

/** The kernel that we run on. */
export function runningKernel(): Kernel {
  const tracefs = once(() => tracefsPaths.find((path) => existsSync(`${path}/events`)));
  const kernelBytes = once(() => tryRead(`${btfPath}/vmlinux`));
  const btf = once(() => {
    const bytes = kernelBytes();
    return bytes === undefined ? undefined : decodeBtf(bytes);
  });
  return {
    btf,
    functionParameters: (name) =>
      btf()?.functionParameters(name) ?? moduleBtf(kernelBytes(), name)?.functionParameters(name),
    eventParameters: (event) =>
      btf()?.eventParameters(event) ??
      moduleBtf(kernelBytes(), `btf_trace_${event}`)?.eventParameters(event),
    hasTracefs: () => tracefs() !== undefined,
    eventFields: (subsystem, event) => {
      const bytes = tryRead(`${tracefs()}/events/${subsystem}/${event}/format`);
      return bytes === undefined ? undefined : parseEventFormat(bytes.toString('latin1'));
    },
    events: once(() => {
      const root = tracefs();
      return root === undefined ? [] : listEvents(`${root}/events`);
    }),
    symbolNames: once(() => {
      const lines = tryRead('/proc/kallsyms')?.toString('latin1') ?? '';
      return new Set([...lines.matchAll(/^\S+ [tT] (\S+)/gm)].map((match) => match[1] ?? ''));
    }),
  };
}

/** BTF of the first module in which a name occurs, with the kernel's. */
function moduleBtf(kernel: Buffer | undefined, name: string): Btf | undefined {
  if (kernel === undefined) return undefined;
  for (const file of readdirSync(btfPath)) {
    const bytes = file === 'vmlinux' ? undefined : tryRead(`${btfPath}/${file}`);
    if (bytes?.includes(`\0${name}\0`)) return decodeBtf(joinBtf(kernel, bytes));
  }
  return undefined;
}

function listEvents(root: string): readonly string[] {
  const folders = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  return folders(root).flatMap((subsystem) =>
    folders(`${root}/${subsystem}`).map((event) => `${subsystem}:${event}`),
  );
}

function tryRead(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function once<Value>(compute: () => Value): () => Value {
  let result: { readonly value: Value } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}
