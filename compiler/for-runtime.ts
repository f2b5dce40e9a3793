/** What a runtime needs of the compiler: how mistakes are told, capture files, what an object says of itself. Loads little. */
export type { Manifest } from './5-emit/manifest.js';
export type { Capture, CapturedPacket } from './capture/capture.js';
export { readCapture } from './capture/read-capture.js';
export type { Mistake, Outcome, Place } from './diagnostics/outcome.js';
export { collect, mistake, success } from './diagnostics/outcome.js';
export { readManifest } from './object/manifest.js';
