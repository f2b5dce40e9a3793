import { invariant } from '../diagnostics/invariant.js';
import { createStrings, type Elf, readElf, type Section, stringAt, writeElf } from './elf.js';
import { slimBtf } from './slim-btf.js';

/**
 * The object without what only debuggers and linkers read: DWARF, line information, labels. It shrinks to less
 * than half, and no longer holds the name of the compiler or of a folder.
 */
export function slimObject(bytes: Uint8Array): Uint8Array {
  const elf = readElf(bytes);
  invariant(typeof elf !== 'string', 'clang wrote something else than an object');
  return writeElf(dropLabels(dropLines(dropSections(elf))));
}

/** Changes with what becomes of the same bytes. */
export const slimVersion = 'slim 1';

/** .rel.BTF.ext only tells linkers what the section holds already. */
const dropped = /^(\.rel)?\.debug|^\.llvm_addrsig$|^\.comment$|^\.note|^\.rel\.BTF\.ext$/;

const typeSymbols = 2;
const typeRelocations = 9;

function dropSections(elf: Elf): Elf {
  const kept = elf.sections.filter(({ name }) => !dropped.test(name));
  const indexOf = (old: number): number => {
    const section = elf.sections[old];
    return section === undefined ? old : Math.max(0, kept.indexOf(section));
  };
  return {
    header: elf.header,
    names: indexOf(elf.names),
    sections: kept.map((section) => ({
      ...section,
      link: indexOf(section.link),
      info: section.type === typeRelocations ? indexOf(section.info) : section.info,
      data: section.type === typeSymbols ? renumberSections(section.data, indexOf) : section.data,
    })),
  };
}

/** Bytes of a symbol, and where in it the section's index is. */
const symbolBytes = 24;
const symbolSection = 6;
/** Indexes from here on have meanings of their own: undefined is 0, absolute 0xfff1. */
const firstReserved = 0xff00;

function renumberSections(symbols: Uint8Array, indexOf: (old: number) => number): Uint8Array {
  const copy = symbols.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at < copy.length; at += symbolBytes) {
    const section = view.getUint16(at + symbolSection, true);
    if (section < firstReserved) view.setUint16(at + symbolSection, indexOf(section), true);
  }
  return copy;
}

function dropLines(elf: Elf): Elf {
  const btf = elf.sections.find(({ name }) => name === '.BTF');
  const extension = elf.sections.find(({ name }) => name === '.BTF.ext');
  invariant(btf !== undefined && extension !== undefined, 'clang wrote no BTF');
  const slim = slimBtf(btf.data, extension.data);
  return {
    ...elf,
    sections: elf.sections.map((section) => {
      if (section === btf) return { ...section, data: slim.btf };
      return section === extension ? { ...section, data: slim.extension } : section;
    }),
  };
}

/** Remove local symbols without a type that no relocation names: labels of jumps and lines. */
function dropLabels(elf: Elf): Elf {
  const index = elf.sections.findIndex(({ type }) => type === typeSymbols);
  const table = elf.sections[index];
  invariant(table !== undefined, 'clang wrote no symbols');
  const relocations = elf.sections.filter(({ type }) => type === typeRelocations);
  const used = new Set(relocations.flatMap(({ data }) => relocationSymbols(data)));
  const view = new DataView(table.data.buffer, table.data.byteOffset, table.data.byteLength);
  const names = elf.sections[table.link]?.data ?? new Uint8Array();

  const strings = createStrings();
  const kept: Uint8Array[] = [];
  const renumbered = new Map<number, number>();
  let locals = 0;
  for (let symbol = 0; symbol * symbolBytes < table.data.length; symbol++) {
    const at = symbol * symbolBytes;
    const info = view.getUint8(at + 4);
    const isLabel = info === 0 && symbol > 0;
    // With the compiler's line information gone, so is the symbol that names the file.
    const isFile = (info & 0xf) === 4;
    const isOfDropped = (info & 0xf) === 3 && view.getUint16(at + symbolSection, true) === 0;
    if ((isLabel || isFile || isOfDropped) && !used.has(symbol)) continue;
    const entry = table.data.slice(at, at + symbolBytes);
    new DataView(entry.buffer).setUint32(
      0,
      strings.add(stringAt(names, view.getUint32(at, true))),
      true,
    );
    renumbered.set(symbol, kept.length);
    kept.push(entry);
    if (info >> 4 === 0) locals++;
  }
  return {
    ...elf,
    sections: elf.sections.map((section, position): Section => {
      if (position === index) return { ...section, info: locals, data: Buffer.concat(kept) };
      if (position === table.link) return { ...section, data: strings.bytes() };
      if (section.type !== typeRelocations) return section;
      return { ...section, data: renumberSymbols(section.data, renumbered) };
    }),
  };
}

/** Bytes of a relocation, and where in it the symbol's index is. */
const relocationBytes = 16;
const relocationSymbol = 12;

function relocationSymbols(relocations: Uint8Array): readonly number[] {
  const view = new DataView(relocations.buffer, relocations.byteOffset, relocations.byteLength);
  return Array.from({ length: relocations.length / relocationBytes }, (_, index) =>
    view.getUint32(index * relocationBytes + relocationSymbol, true),
  );
}

function renumberSymbols(
  relocations: Uint8Array,
  renumbered: ReadonlyMap<number, number>,
): Uint8Array {
  const copy = relocations.slice();
  const view = new DataView(copy.buffer);
  relocationSymbols(copy).forEach((symbol, index) => {
    view.setUint32(
      index * relocationBytes + relocationSymbol,
      renumbered.get(symbol) ?? symbol,
      true,
    );
  });
  return copy;
}
