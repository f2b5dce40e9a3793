/**
 * Reads BTF, the kernel's description of its own types (Documentation/bpf/btf.rst), as far as hooks need it:
 * parameters of functions and of tracepoints, and the names of an enum's values. Pure: bytes in, answers out. Types are
 * only indexed at first, which takes milliseconds for a whole kernel, and decoded when asked for.
 */

/** A parameter of a kernel function, typed as C would write it without qualifiers: `struct sk_buff *`. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
}

/** Questions to BTF. */
export interface Btf {
  /** Parameters of a function, or undefined if there is none of that name. */
  functionParameters(name: string): readonly Parameter[] | undefined;
  /** Parameters that a tracepoint hands to its programs; without names where only their types are known. */
  eventParameters(event: string): readonly Parameter[] | undefined;
  /** Type id of a function, which fentry programs attach by. */
  functionId(name: string): number | undefined;
  /** Type id of a tracepoint, which tp_btf programs attach by. */
  eventId(event: string): number | undefined;
  /** Value to name of an enum; empty if there is no such enum. */
  enumNames(name: string): ReadonlyMap<number, string>;
  functionNames(): readonly string[];
  eventNames(): readonly string[];
}

const kindNames = [
  'void',
  'int',
  'pointer',
  'array',
  'struct',
  'union',
  'enum',
  'forward',
  'typedef',
  'volatile',
  'const',
  'restrict',
  'function',
  'prototype',
  'variable',
  'section',
  'float',
  'declaration-tag',
  'type-tag',
  'enum64',
] as const;
type Kind = (typeof kindNames)[number];

/** Bytes that follow the 12 bytes of a type: so many at once, and so many for each of its members. */
const trailing: Readonly<Partial<Record<Kind, readonly [once: number, each: number]>>> = {
  int: [4, 0],
  array: [12, 0],
  struct: [0, 12],
  union: [0, 12],
  enum: [0, 8],
  prototype: [0, 8],
  variable: [4, 0],
  section: [0, 12],
  'declaration-tag': [4, 0],
  enum64: [0, 12],
};

const magic = 0xeb9f;
const eventPrefix = 'btf_trace_';

/** Index the bytes of /sys/kernel/btf/vmlinux. Throws RangeError if they are not BTF of this machine's byte order. */
export function decodeBtf(bytes: Uint8Array): Btf {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0, true) !== magic) throw new RangeError('not BTF');
  const headerBytes = view.getUint32(4, true);
  const typesStart = headerBytes + view.getUint32(8, true);
  const typesEnd = typesStart + view.getUint32(12, true);
  const stringsStart = headerBytes + view.getUint32(16, true);
  const strings = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + stringsStart,
    view.getUint32(20, true),
  );
  const offsets = indexTypes(view, typesStart, typesEnd);

  const kindAt = (offset: number): Kind =>
    kindNames[(view.getUint32(offset + 4, true) >>> 24) & 31] ?? 'void';
  const membersAt = (offset: number): number => view.getUint32(offset + 4, true) & 0xffff;
  const typeAt = (offset: number): number => view.getUint32(offset + 8, true);
  const stringAt = (offset: number): string =>
    strings.toString('latin1', offset, strings.indexOf(0, offset));
  const nameAt = (offset: number): string => stringAt(view.getUint32(offset, true));

  const find = (kind: Kind, name: string): number | undefined => {
    // Names are stored once each, so two types of one name have the same offset into the strings.
    const nameOffset = strings.indexOf(`\0${name}\0`, 0, 'latin1') + 1;
    if (nameOffset === 0) return undefined;
    const id = offsets.findIndex(
      (offset, index) =>
        index > 0 && view.getUint32(offset, true) === nameOffset && kindAt(offset) === kind,
    );
    return id < 0 ? undefined : id;
  };
  const offsetOf = (id: number): number => {
    const offset = offsets[id];
    if (offset === undefined) throw new RangeError(`BTF has no type ${id}`);
    return offset;
  };

  const describe = (id: number): string => {
    if (id === 0) return 'void';
    const offset = offsetOf(id);
    const kind = kindAt(offset);
    switch (kind) {
      case 'pointer': {
        const target = describe(typeAt(offset));
        return target.endsWith('*') ? `${target}*` : `${target} *`;
      }
      case 'volatile':
      case 'const':
      case 'restrict':
      case 'type-tag':
      case 'typedef':
        return describe(typeAt(offset));
      case 'struct':
      case 'union':
        return `${kind} ${nameAt(offset)}`;
      case 'forward':
        return `struct ${nameAt(offset)}`;
      case 'enum':
      case 'enum64':
        return `enum ${nameAt(offset)}`;
      case 'prototype':
        return 'function';
      default:
        return nameAt(offset);
    }
  };

  const parametersOf = (prototypeId: number): readonly Parameter[] => {
    const offset = offsetOf(prototypeId);
    return Array.from({ length: membersAt(offset) }, (_, index) => {
      const at = offset + 12 + index * 8;
      return {
        name: stringAt(view.getUint32(at, true)),
        type: describe(view.getUint32(at + 4, true)),
      };
    });
  };

  const namesOf = (kind: Kind): readonly string[] =>
    Array.from(offsets.subarray(1))
      .filter((offset) => kindAt(offset) === kind)
      .map(nameAt);

  return {
    functionId: (name) => find('function', name),
    eventId: (event) => find('typedef', eventPrefix + event),
    functionParameters: (name) => {
      const id = find('function', name);
      return id === undefined ? undefined : parametersOf(typeAt(offsetOf(id)));
    },
    eventParameters: (event) => {
      // typedef void (*btf_trace_EVENT)(void *__data, ...): programs do not get to see the first.
      const id = find('typedef', eventPrefix + event);
      if (id === undefined) return undefined;
      const caller = find('function', `__traceiter_${event}`);
      const prototype =
        caller === undefined ? typeAt(offsetOf(typeAt(offsetOf(id)))) : typeAt(offsetOf(caller));
      return parametersOf(prototype).slice(1);
    },
    enumNames: (name) => {
      const id = find('enum', name);
      if (id === undefined) return new Map();
      const offset = offsetOf(id);
      return new Map(
        Array.from({ length: membersAt(offset) }, (_, index) => {
          const at = offset + 12 + index * 8;
          return [view.getUint32(at + 4, true), stringAt(view.getUint32(at, true))];
        }),
      );
    },
    functionNames: () => namesOf('function'),
    eventNames: () =>
      namesOf('typedef')
        .filter((name) => name.startsWith(eventPrefix))
        .map((name) => name.slice(eventPrefix.length)),
  };
}

/**
 * A module's BTF as one with the kernel's, on which it builds: its type ids and string offsets count on where the
 * kernel's end, so that joining both is putting one after the other.
 */
export function joinBtf(kernel: Uint8Array, module: Uint8Array): Uint8Array {
  const headerBytes = 24;
  const parts = [kernel, module].map((bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const header = view.getUint32(4, true);
    const slice = (at: number) =>
      bytes.subarray(
        header + view.getUint32(at, true),
        header + view.getUint32(at, true) + view.getUint32(at + 4, true),
      );
    return { types: slice(8), strings: slice(16) };
  });
  const types = Buffer.concat(parts.map((part) => part.types));
  const strings = Buffer.concat(parts.map((part) => part.strings));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16LE(magic, 0);
  header.writeUInt8(1, 2);
  const numbers = [headerBytes, 0, types.length, types.length, strings.length];
  for (const [index, number] of numbers.entries()) header.writeUInt32LE(number, 4 + index * 4);
  return Buffer.concat([header, types, strings]);
}

/** Where each type begins; type 0 is void and has no bytes. */
function indexTypes(view: DataView, start: number, end: number): Uint32Array {
  const offsets = new Uint32Array(Math.ceil((end - start) / 12) + 1);
  let count = 1;
  for (let offset = start; offset < end; count++) {
    offsets[count] = offset;
    const info = view.getUint32(offset + 4, true);
    const kind = kindNames[(info >>> 24) & 31];
    if (kind === undefined) throw new RangeError(`BTF has an unknown kind of type`);
    const [once, each] = trailing[kind] ?? [0, 0];
    offset += 12 + once + each * (info & 0xffff);
  }
  return offsets.subarray(0, count);
}
