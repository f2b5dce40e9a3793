/** A mistake in what a user gave other than filter text (files, hooks, options): data, never thrown. */
export interface Mistake {
  readonly code: string;
  /** Lower case, no full stop, names the thing and states the limit. */
  readonly message: string;
  /** What to write instead. */
  readonly help?: string;
  /** The piece of text that is wrong, if it is a piece of a text. */
  readonly place?: Place;
}

/** Half-open range of offsets into a text that the user gave. */
export interface Place {
  /** What the text is: `hooks`. */
  readonly source: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A value, or the user's mistakes that stand in its way. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** The outcome of something that went well. */
export function success<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

/** The outcome of one mistake. */
export function mistake(
  code: string,
  message: string,
  rest: { readonly help?: string; readonly place?: Place } = {},
): { readonly ok: false; readonly mistakes: readonly Mistake[] } {
  return { ok: false, mistakes: [{ code, message, ...rest }] };
}

/** All values in order, or all mistakes. */
export function collect<Value>(outcomes: readonly Outcome<Value>[]): Outcome<readonly Value[]> {
  const mistakes = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.mistakes));
  if (mistakes.length > 0) return { ok: false, mistakes };
  return success(outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])));
}
