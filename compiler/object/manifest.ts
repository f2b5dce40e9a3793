import { type Manifest, manifestFormat } from '../5-emit/manifest.js';
import { mistake, type Outcome, success } from '../diagnostics/outcome.js';
import { targets } from '../target/index.js';
import { readSection } from './elf.js';

/** Read the manifest of an object file; `name` is what messages call the file. */
export function readManifest(bytes: Uint8Array, name: string): Outcome<Manifest> {
  const section = readSection(bytes, '.netcap');
  if (typeof section === 'string') {
    return mistake('object-unreadable', `${name} is ${section}`, {
      help: 'build it with `netcapc compile`',
    });
  }
  if (section === undefined) {
    return mistake('object-foreign', `${name} was not built by netcapc`, {
      help: 'build it with `netcapc compile`: netcap needs the programs and maps of its own objects',
    });
  }
  return parseManifest(new TextDecoder().decode(section).replace(/\0+$/, ''), name);
}

function parseManifest(text: string, name: string): Outcome<Manifest> {
  const damaged = () =>
    mistake('object-unreadable', `${name} has a manifest that cannot be read`, {
      help: 'build it again with `netcapc compile`',
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return damaged();
  }
  if (typeof json !== 'object' || json === null) return damaged();
  const manifest = json as Partial<Manifest>;
  if (typeof manifest.format !== 'number') return damaged();
  if (manifest.format !== manifestFormat) {
    return mistake(
      'object-format',
      `${name} has format ${manifest.format}, and this version knows format ${manifestFormat}`,
      { help: 'use a netcapc and a netcap of the same version' },
    );
  }
  const isWhole =
    typeof manifest.target === 'string' &&
    Object.hasOwn(targets, manifest.target) &&
    typeof manifest.expression === 'string' &&
    Array.isArray(manifest.links);
  return isWhole ? success(manifest as Manifest) : damaged();
}
