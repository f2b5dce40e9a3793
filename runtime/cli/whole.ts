/** Whether a number on the command line is a whole one, from 1 to `most`. */
export function isWhole(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= most;
}
