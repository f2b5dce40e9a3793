import type { FuzzPacket } from './packets/make.js';
import { splitTokens } from './tokens.js';

/** A filter, and the packet on which it goes wrong, if that takes one. */
export interface Suspect {
  readonly text: string;
  readonly packet?: FuzzPacket | undefined;
}

/** Whether it still goes wrong in the same way. */
export type StillFails = (suspect: Suspect) => Promise<boolean>;

/**
 * Make a failing pair smaller while it fails: tokens are left out and numbers made small, the packet's tail is cut and
 * its bytes are cleared. Ends where no single step makes it smaller, or after `tries` questions.
 */
export async function shrink(
  suspect: Suspect,
  stillFails: StillFails,
  tries: number,
): Promise<Suspect> {
  let left = tries;
  let best = suspect;
  const tryOne = async (candidate: Suspect): Promise<boolean> => {
    if (left <= 0) return false;
    left -= 1;
    if (!(await stillFails(candidate))) return false;
    best = candidate;
    return true;
  };
  const spaced = splitTokens(suspect.text)
    .map((token) => token.trim())
    .join(' ');
  if (spaced !== suspect.text) await tryOne({ ...best, text: spaced });
  for (let before: Suspect | undefined; before !== best && left > 0; ) {
    before = best;
    await leaveOutTokens(() => best, tryOne);
    await simplifyTokens(() => best, tryOne);
    await cutTail(() => best, tryOne);
    await clearBytes(() => best, tryOne);
  }
  left = 1;
  await tryOne({ ...best, text: best.text.replace(/ (?=[[\]:)])|(?<=[[(:]) /g, '') });
  return best;
}

type Current = () => Suspect;
type TryOne = (candidate: Suspect) => Promise<boolean>;

/** Ever shorter runs of tokens, down to single ones, and pairs of parentheses. */
async function leaveOutTokens(current: Current, tryOne: TryOne): Promise<void> {
  for (
    let size = splitTokens(current().text).length >> 1;
    size >= 1;
    size = size > 8 ? size >> 1 : size - 1
  ) {
    for (let start = 0; start < splitTokens(current().text).length; ) {
      const tokens = splitTokens(current().text);
      const text = [...tokens.slice(0, start), ...tokens.slice(start + size)].join('').trimStart();
      if (text === current().text || !(await tryOne({ ...current(), text })))
        start += size > 8 ? size >> 2 : 1;
    }
  }
  for (const [open, close] of parenthesisPairs(splitTokens(current().text)).toReversed()) {
    const tokens = splitTokens(current().text);
    const text = tokens.filter((_, index) => index !== open && index !== close).join('');
    if (tokens[close]?.trim() === ')') await tryOne({ ...current(), text: text.trimStart() });
  }
}

/** Places of matching parentheses, inner ones first. */
function parenthesisPairs(tokens: readonly string[]): readonly (readonly [number, number])[] {
  const open: number[] = [];
  return tokens.flatMap((token, index) => {
    if (token.trim() === '(') open.push(index);
    const start = token.trim() === ')' ? open.pop() : undefined;
    return start === undefined ? [] : [[start, index] as const];
  });
}

/** Numbers become 0, 1 or decimal, other words simpler ones. */
async function simplifyTokens(current: Current, tryOne: TryOne): Promise<void> {
  for (let index = 0; index < splitTokens(current().text).length; index++) {
    for (const simple of simpler(splitTokens(current().text)[index]?.trim() ?? '')) {
      const tokens = splitTokens(current().text);
      const text = tokens
        .map((token, place) => (place === index ? token.replace(/\S+/u, () => simple) : token))
        .join('');
      if (text !== current().text && (await tryOne({ ...current(), text }))) break;
    }
  }
}

function simpler(token: string): readonly string[] {
  if (/^(0x[0-9a-f]+|\d+)$/i.test(token)) {
    const value = /^0[0-7]+$/.test(token) ? Number.parseInt(token, 8) : Number(token);
    return ['0', '1', '2', '4', String(value)].filter(
      (each) => Number(each) <= value && each !== token,
    );
  }
  if (token === '||') return ['or'];
  if (token === '&&') return ['and'];
  if (token === '!') return ['not'];
  return [];
}

async function cutTail(current: Current, tryOne: TryOne): Promise<void> {
  for (let drop = (current().packet?.bytes.length ?? 0) >> 1; drop >= 1; drop >>= 1) {
    for (;;) {
      const { text, packet } = current();
      if (packet === undefined || packet.bytes.length < drop) break;
      const bytes = packet.bytes.slice(0, packet.bytes.length - drop);
      const isWhole = packet.wireLength === packet.bytes.length;
      const wireLength = isWhole ? bytes.length : packet.wireLength;
      if (!(await tryOne({ text, packet: { bytes, wireLength } }))) break;
    }
  }
  const { text, packet } = current();
  if (packet !== undefined && packet.wireLength !== packet.bytes.length)
    await tryOne({ text, packet: { ...packet, wireLength: packet.bytes.length } });
}

async function clearBytes(current: Current, tryOne: TryOne): Promise<void> {
  const length = current().packet?.bytes.length ?? 0;
  for (let size = 16; size >= 1; size >>= 2) {
    for (let start = 0; start < length; start += size) {
      const { text, packet } = current();
      if (packet === undefined) return;
      const bytes = packet.bytes.slice().fill(0, start, start + size);
      if (Buffer.compare(bytes, packet.bytes) !== 0)
        await tryOne({ text, packet: { ...packet, bytes } });
    }
  }
}
