/** What a part of the bench found out. */
export interface Section {
  /** Every figure, for `--json`. */
  readonly figures: unknown;
  /** The same for people, line by line. */
  readonly text: readonly string[];
}
