const tokens =
  /\s*(?:\\[^ !()\n\t\r]+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?|&&|\|\||<<|>>|[=!<>]=|\S)/gu;

/** About the tokens of scanner.l, each with the white space before it; joined they are the text, but for its end. */
export function splitTokens(text: string): readonly string[] {
  return text.match(tokens) ?? [];
}
