import type { Span } from './span.js';

/** A user's mistake, or something legal that will surprise: data, never thrown. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Lower case, no full stop, names the thing and states the limit. */
  readonly message: string;
  readonly span: Span;
  /** What to write instead. */
  readonly help?: string;
}
