import { pick, type Random } from '../../test/packets/random.js';
import type { FuzzLink } from '../links.js';
import { chance } from '../seed.js';
import { fieldTest, relation } from './arithmetic.js';
import type { Writer } from './place.js';
import {
  canEncapsulate,
  encapsulation,
  foreignPrimitives,
  keyword,
  protocol,
} from './primitives.js';
import { qualified } from './qualified.js';
import { template } from './realistic.js';
import { respace } from './spacing.js';

/** What people write; many terms and long lists; nested parentheses, `not` and arithmetic. */
export type Style = 'realistic' | 'wide' | 'deep';

export interface FilterOptions {
  readonly link: FuzzLink['link'];
  readonly style: Style;
  readonly hasNetmask: boolean;
}

/** A valid filter, but for the few words of other links that libpcap refuses. */
export function generateFilter(random: Random, options: FilterOptions): string {
  const place = { link: options.link, labels: 0, isTunnelled: false, slots: 0 };
  const writer: Writer = { random, place, hasNetmask: options.hasNetmask };
  const text = write(writer, options.style);
  if (!chance(random, 3)) return respace(random, text);
  return respace(random, `${text} ${connective(random)} ${pick(random, foreignPrimitives)}`);
}

function write(writer: Writer, style: Style): string {
  switch (style) {
    case 'realistic':
      return realistic(writer);
    case 'wide':
      return wide(writer);
    case 'deep':
      return deep(writer, 3 + writer.random(12));
  }
}

/** One to four terms, now and then one of them in parentheses or denied. */
function realistic(writer: Writer): string {
  const { random } = writer;
  if (chance(random, 35)) return template(writer);
  const count = 1 + random(chance(random, 30) ? 5 : 3);
  return chain(writer, count, () => {
    if (chance(random, 10)) return `${not(random)}${term(writer)}`;
    if (chance(random, 12)) return `(${chain(writer, 2, () => term(writer))})`;
    return term(writer);
  });
}

/** Many terms of one kind or of all kinds, and lists of many values. */
function wide(writer: Writer): string {
  const { random } = writer;
  const most = chance(random, 10) ? 150 : 30;
  switch (random(3)) {
    case 0:
      return qualified(writer, 6 + random(most));
    case 1:
      return chain(writer, 2 + random(3), () => qualified(writer, 3 + random(most / 3)));
    default:
      return chain(writer, 6 + random(most), () =>
        chance(random, 8) ? `${not(random)}${term(writer)}` : term(writer),
      );
  }
}

/** `levels` of parentheses and `not`, each with something beside. */
function deep(writer: Writer, levels: number): string {
  const { random } = writer;
  if (levels === 0) return chance(random, 50) ? relation(writer, 12) : term(writer);
  const beside = () => (chance(random, 25) ? relation(writer, 8) : term(writer));
  switch (random(6)) {
    case 0:
      return `${not(random)}(${deep(writer, levels - 1)})`;
    case 1:
      return `${not(random)}${not(random)}${levels > 1 ? `(${deep(writer, levels - 2)})` : term(writer)}`;
    case 2:
      return `(${deep(writer, levels - 1)})`;
    case 3:
      return `${beside()} ${connective(random)} (${deep(writer, levels - 1)})`;
    case 4:
      return `((${deep(writer, levels - 1)}) ${connective(random)} ${beside()})`;
    default: {
      const first = deep(writer, levels >> 1);
      return `(${first}) ${connective(random)} ${not(random)}(${deep(writer, levels >> 1)})`;
    }
  }
}

function chain(writer: Writer, count: number, one: () => string): string {
  let text = one();
  for (let index = 1; index < count; index++) text += ` ${connective(writer.random)} ${one()}`;
  return text;
}

/** One primitive of any kind. */
function term(writer: Writer): string {
  const { random } = writer;
  const kind = random(100);
  if (kind < 40) return qualified(writer);
  if (kind < 58) return protocol(writer);
  if (kind < 70) return fieldTest(writer);
  if (kind < 78) return relation(writer, 2 + random(8));
  if (kind < 88 || !canEncapsulate(writer)) return keyword(writer);
  return encapsulation(writer);
}

function not(random: Random): string {
  return pick(random, ['not ', '! ']);
}

function connective(random: Random): string {
  return pick(random, ['and', 'and', 'or', 'or', '&&', '||']);
}
