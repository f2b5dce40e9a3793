/**
 * Types of BTF (Documentation/bpf/btf.rst) by their ids. Pure: bytes in, answers out. Types are only indexed at first,
 * which takes milliseconds for a whole kernel, and decoded when asked for.
 */

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
export type BtfKind = (typeof kindNames)[number];

/** Bytes that follow the 12 bytes of a type: so many at once, and so many for each of its members. */
const trailing: Readonly<Partial<Record<BtfKind, readonly [once: number, each: number]>>> = {
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

/** A parameter of a function or the value of an enum. */
export interface BtfMember {
  readonly name: string;
  /** Type id, or value. */
  readonly number: number;
}

/** The types of a kernel, or of a module with its kernel's behind them. Ids that do not exist throw RangeError. */
export interface BtfTypes {
  /** The first id that is not the base's, and the one behind the last. */
  readonly firstId: number;
  readonly endId: number;
  /** Offset behind the last of the strings, the base's included. */
  readonly endString: number;
  kindOf(id: number): BtfKind;
  nameOf(id: number): string;
  /** What a pointer, a typedef or a function refers to, or what a prototype returns. */
  targetOf(id: number): number;
  /** Of prototypes and enums. */
  membersOf(id: number): readonly BtfMember[];
  /** The type as C would write it without qualifiers and typedefs. */
  describe(id: number): string;
  stringAt(offset: number): string;
  /** Where a string is: a module's names may be among the base's strings. */
  stringOffsets(text: string): readonly number[];
  /** Id of a type of one's own, not the base's. */
  find(kind: BtfKind, name: string): number | undefined;
}

/** Index the bytes of a file in /sys/kernel/btf. Throws RangeError if they are not BTF of this machine's byte order. */
export function indexBtf(bytes: Uint8Array, base?: BtfTypes): BtfTypes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0, true) !== magic) throw new RangeError('not BTF');
  const headerBytes = view.getUint32(4, true);
  const typesStart = headerBytes + view.getUint32(8, true);
  const stringsStart = headerBytes + view.getUint32(16, true);
  const stringsBytes = view.getUint32(20, true);
  const strings = Buffer.from(bytes.buffer, bytes.byteOffset + stringsStart, stringsBytes);
  const offsets = indexTypes(view, typesStart, typesStart + view.getUint32(12, true));
  const firstId = base?.endId ?? 1;
  const endId = firstId + offsets.length;
  const firstString = base?.endString ?? 0;
  const descriptions = new Map<number, string>();

  const offsetOf = (id: number): number => {
    const offset = offsets[id - firstId];
    if (offset === undefined) throw new RangeError(`BTF has no type ${id}`);
    return offset;
  };
  const kindAt = (offset: number): BtfKind =>
    kindNames[(view.getUint32(offset + 4, true) >>> 24) & 31] ?? 'void';
  const stringAt = (offset: number): string => {
    if (base !== undefined && offset < firstString) return base.stringAt(offset);
    const start = offset - firstString;
    return strings.toString('latin1', start, strings.indexOf(0, start));
  };

  const types: BtfTypes = {
    firstId,
    endId,
    endString: firstString + stringsBytes,
    kindOf: (id) => {
      if (id === 0) return 'void';
      return base !== undefined && id < firstId ? base.kindOf(id) : kindAt(offsetOf(id));
    },
    nameOf: (id) => {
      if (base !== undefined && id < firstId) return base.nameOf(id);
      return stringAt(view.getUint32(offsetOf(id), true));
    },
    targetOf: (id) => {
      if (base !== undefined && id < firstId) return base.targetOf(id);
      return view.getUint32(offsetOf(id) + 8, true);
    },
    membersOf: (id) => {
      if (base !== undefined && id < firstId) return base.membersOf(id);
      const offset = offsetOf(id);
      const count = view.getUint32(offset + 4, true) & 0xffff;
      return Array.from({ length: count }, (_, index) => {
        const at = offset + 12 + index * 8;
        return {
          name: stringAt(view.getUint32(at, true)),
          number: view.getUint32(at + 4, true),
        };
      });
    },
    describe: (id) => {
      if (base !== undefined && id < firstId) return base.describe(id);
      let description = descriptions.get(id);
      if (description === undefined) {
        description = describeType(types, id);
        descriptions.set(id, description);
      }
      return description;
    },
    stringAt,
    stringOffsets: (text) => {
      const own = strings.indexOf(`\0${text}\0`, 0, 'latin1') + 1;
      const inherited = base?.stringOffsets(text) ?? [];
      return own === 0 ? inherited : [...inherited, firstString + own];
    },
    find: (kind, name) => {
      // Names are stored once each, so two types of one name have the same offset into the strings.
      const names = types.stringOffsets(name);
      if (names.length === 0 || name === '') return undefined;
      const index = offsets.findIndex(
        (offset) => names.includes(view.getUint32(offset, true)) && kindAt(offset) === kind,
      );
      return index < 0 ? undefined : firstId + index;
    },
  };
  return types;
}

function describeType(types: BtfTypes, id: number): string {
  const kind = types.kindOf(id);
  switch (kind) {
    case 'void':
      return 'void';
    case 'pointer': {
      const target = types.describe(types.targetOf(id));
      return target.endsWith('*') ? `${target}*` : `${target} *`;
    }
    case 'volatile':
    case 'const':
    case 'restrict':
    case 'type-tag':
    case 'typedef':
      return types.describe(types.targetOf(id));
    case 'struct':
    case 'union':
      return `${kind} ${types.nameOf(id)}`;
    case 'forward':
      return `struct ${types.nameOf(id)}`;
    case 'enum':
    case 'enum64':
      return `enum ${types.nameOf(id)}`;
    case 'prototype':
      return 'function';
    default:
      return types.nameOf(id);
  }
}

/** Where each type begins, the first one first. */
function indexTypes(view: DataView, start: number, end: number): Uint32Array {
  const offsets = new Uint32Array(Math.ceil((end - start) / 12));
  let count = 0;
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
