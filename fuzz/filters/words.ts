/** At least one word, as `pick` wants it. */
export type Words = readonly [string, ...string[]];

/** The words of a text. */
export function words(text: string): Words {
  const [first = '', ...rest] = text.split(' ');
  return [first, ...rest];
}
