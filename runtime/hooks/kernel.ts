import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Btf, type Described, decodeBtf, type Parameter, type Signature } from './btf.js';
import { type EventField, parseEventFormat } from './event-format.js';

/** A function or an event, and the module that has it. */
export interface Placed extends Described {
  readonly module?: string;
}

/** What the running kernel tells about itself. Each part is read at the first question. */
export interface Kernel {
  /** Without modules; undefined if the kernel was built without CONFIG_DEBUG_INFO_BTF. */
  btf(): Btf | undefined;
  /** A function of the kernel or a module, or undefined if BTF does not describe it. */
  signature(name: string): Signature | undefined;
  /** What a tracepoint hands to its programs. */
  eventParameters(event: string): readonly Parameter[] | undefined;
  /** Functions of the kernel and its modules that have a parameter of the type. */
  functionsTaking(type: string): readonly Placed[];
  /** Tracepoints of the kernel and its modules that hand a value of the type to their programs. */
  eventsTaking(type: string): readonly Placed[];
  /** Whether tracefs is mounted, so that `eventFields` can know. */
  hasTracefs(): boolean;
  /** Fields of a tracepoint's event, or undefined if it does not exist or tracefs is not mounted. */
  eventFields(subsystem: string, event: string): readonly EventField[] | undefined;
  /** `subsystem:event` of every event; empty if tracefs is not mounted. */
  events(): readonly string[];
  /** Functions whose entry can be traced; undefined if tracefs is not mounted, or has no function tracer. */
  traceable(): ReadonlySet<string> | undefined;
  /** Functions in the kernel and its modules, whether or not BTF describes them, and where they are. */
  symbols(): ReadonlyMap<string, bigint>;
}

const btfPath = '/sys/kernel/btf';
const tracefsPaths = ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'];

/** The kernel that we run on. */
export function runningKernel(): Kernel {
  const tracefs = once(() => tracefsPaths.find((path) => existsSync(`${path}/events`)));
  const btf = once(() => {
    const bytes = tryRead(`${btfPath}/vmlinux`);
    return bytes === undefined ? undefined : decodeBtf(bytes);
  });
  const modules = once(() => readModules(btf()));
  /** The first answer, of the kernel or else of a module. */
  const first = <Answer>(ask: (part: Btf) => Answer | undefined): Answer | undefined => {
    const kernel = btf();
    const answer = kernel === undefined ? undefined : ask(kernel);
    if (answer !== undefined) return answer;
    for (const module of modules()) {
      const found = ask(module.btf);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  /** All answers, with the modules that gave them. */
  const all = (ask: (part: Btf) => readonly Described[]): readonly Placed[] => [
    ...(btf() === undefined ? [] : ask(btf() as Btf)),
    ...modules().flatMap(({ name, btf: part }) =>
      ask(part).map((each) => ({ ...each, module: name })),
    ),
  ];
  return {
    btf,
    signature: (name) => first((part) => part.signature(name)),
    eventParameters: (event) => first((part) => part.eventParameters(event)),
    functionsTaking: (type) => all((part) => part.functionsTaking(type)),
    eventsTaking: (type) => all((part) => part.eventsTaking(type)),
    hasTracefs: () => tracefs() !== undefined,
    eventFields: (subsystem, event) => {
      const bytes = tryRead(`${tracefs()}/events/${subsystem}/${event}/format`);
      return bytes === undefined ? undefined : parseEventFormat(bytes.toString('latin1'));
    },
    events: once(() => {
      const root = tracefs();
      return root === undefined ? [] : listEvents(`${root}/events`);
    }),
    traceable: once(() => {
      const text = tryRead(`${tracefs()}/available_filter_functions`)?.toString('latin1');
      return text === undefined ? undefined : new Set(firstWords(text));
    }),
    symbols: once(() => {
      const lines = tryRead('/proc/kallsyms')?.toString('latin1') ?? '';
      const found = new Map<string, bigint>();
      // A name that occurs more than once is probed at its first place. What pads functions has a name, but is none.
      const pattern = /^(\S+) [tTwW] (?!__pfx_)(\S+)/gm;
      for (const [, address = '', name = ''] of lines.matchAll(pattern)) {
        if (!found.has(name)) found.set(name, BigInt(`0x${address}`));
      }
      return found;
    }),
  };
}

/** Modules without BTF of their own are left out, and so are those that were loaded and unloaded meanwhile. */
function readModules(
  kernel: Btf | undefined,
): readonly { readonly name: string; readonly btf: Btf }[] {
  if (kernel === undefined) return [];
  return readdirSync(btfPath)
    .filter((name) => name !== 'vmlinux')
    .flatMap((name) => {
      const bytes = tryRead(`${btfPath}/${name}`);
      return bytes === undefined ? [] : [{ name, btf: kernel.module(bytes) }];
    });
}

/** `ip_rcv` of lines such as `nf_nat_ipv4_in [nf_nat]`. */
function* firstWords(text: string): Generator<string> {
  for (const [, word = ''] of text.matchAll(/^(\S+)/gm)) yield word;
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
