import type * as Ir from '../ir/nodes.js';
import type { TargetName } from '../target/target.js';

/** What an object says of itself, as JSON in its section `.netcap`. */
export interface Manifest {
  /** Layout of records, knobs and maps; a runtime refuses numbers it does not know. */
  readonly format: number;
  readonly target: TargetName;
  /** The filter as given. */
  readonly expression: string;
  readonly links: readonly Ir.Link[];
  readonly optimised: boolean;
}

/** Raised whenever event.h or the names of maps and programs change their meaning. */
export const manifestFormat = 2;

/** The manifest as the C string that goes into the section. */
export function emitManifest(manifest: Manifest): string {
  const json = JSON.stringify(manifest).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  // Trigraphs are off in gnu17; only these two characters mean something in a C string.
  const escaped = json.replace(/["\\]/g, '\\$&');
  return `const char netcap_manifest[] SEC(".netcap") = "${escaped}";\n`;
}
