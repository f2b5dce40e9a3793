import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invariant } from '../diagnostics/invariant.js';

/** What surrounds the part of a template that the compiler replaces; both stay, to find that part by. */
const holeStart = '/* @netcap:filter */';
const holeEnd = '/* @netcap:end */';

/**
 * A template of bpf-templates with its own includes put in place, each once, and the hole filled: one translation
 * unit that needs no header. The only file of the compiler that reads files.
 */
export function fillTemplate(file: string, code: string): string {
  const template = loadTemplate(file);
  const start = template.indexOf(holeStart);
  const end = template.indexOf(holeEnd);
  invariant(start >= 0 && end > start, `${file} has no hole`);
  return `${template.slice(0, start + holeStart.length)}\n${code}${template.slice(end)}`;
}

const loaded = new Map<string, string>();

/** A file of bpf-templates with its own includes put in place. */
export function loadTemplate(file: string): string {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  const text = inlineIncludes(file, new Set());
  loaded.set(file, text);
  return text;
}

function inlineIncludes(file: string, seen: Set<string>): string {
  seen.add(file);
  return readFileSync(join(templateFolder(), file), 'utf8').replace(
    /^#include "([^"]+)"\n/gm,
    (_, included: string) => (seen.has(included) ? '' : inlineIncludes(included, seen)),
  );
}

/** The folder lies beside `compiler/` in the sources, and beside `dist/` in a build. */
function templateFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'bpf-templates'))) {
    const parent = dirname(folder);
    invariant(parent !== folder, 'bpf-templates is missing from the installation');
    folder = parent;
  }
  return join(folder, 'bpf-templates');
}
