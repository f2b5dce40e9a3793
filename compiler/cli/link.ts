import { mistake, type Outcome, success } from '../diagnostics/outcome.js';
import type * as Ir from '../ir/nodes.js';
import { linkTypes } from '../link/links.js';

/** What `--link` takes, for help and messages. */
export const linkNames = linkTypes.map(({ name }) => name).join(', ');

/** The link type that `--link` names, or else the one that a capture file numbers. */
export function linkOf(name: string | undefined, number?: number): Outcome<Ir.Link> {
  const known = linkTypes.find((each) =>
    name === undefined
      ? number !== undefined && each.numbers.includes(number)
      : each.name === name.toUpperCase(),
  );
  if (known !== undefined) return success(known.link);
  const what = name === undefined ? `the capture's link type ${number}` : `link type ${name}`;
  return mistake('link-not-supported', `${what} is not supported`, {
    help: `link types are ${linkNames}`,
  });
}
