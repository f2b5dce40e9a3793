/** Collects lines of C and owns their indentation, nothing else. */
export interface Writer {
  readonly line: (text: string) => void;
  /** A label, one level out. */
  readonly label: (name: string) => void;
  /** A function in kernel style: the brace on its own line. */
  readonly func: (signature: string, body: () => void) => void;
  readonly blank: () => void;
  readonly text: () => string;
}

/** A writer with no lines. */
export function createWriter(): Writer {
  const lines: string[] = [];
  let depth = 0;
  const line = (text: string) => {
    lines.push(`${'\t'.repeat(depth)}${text}`);
  };
  return {
    line,
    label: (name) => lines.push(`${name}:`),
    func: (signature, body) => {
      line(signature);
      line('{');
      depth++;
      body();
      depth--;
      line('}');
    },
    blank: () => lines.push(''),
    text: () => `${lines.join('\n')}\n`,
  };
}
