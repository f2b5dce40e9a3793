import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';

/** Ids of what a process has in the kernel. */
export interface Held {
  readonly programs: readonly number[];
  readonly links: readonly number[];
}

/** By the descriptors that it holds; that bpftool tells a program's processes is not to be had everywhere. */
export function heldBy(process: number | undefined): Held {
  const folder = `/proc/${process}/fdinfo`;
  const ids = (text: string, name: string) => {
    const id = new RegExp(`^${name}:\\s*(\\d+)$`, 'm').exec(text)?.[1];
    return id === undefined ? [] : [Number(id)];
  };
  const texts = readdirSync(folder).map((fd) => readFileSync(join(folder, fd), 'utf8'));
  const links = texts.filter((text) => ids(text, 'link_id').length > 0);
  return {
    // A link's descriptor names its program, too.
    programs: texts.filter((text) => !links.includes(text)).flatMap((text) => ids(text, 'prog_id')),
    links: links.flatMap((text) => ids(text, 'link_id')),
  };
}

/** The kernel frees programs and links a moment after their last user is gone. */
export async function untilGone({ programs, links }: Held): Promise<void> {
  for (let tries = 0; ; tries++) {
    const left = [...listed('prog', programs), ...listed('link', links)];
    if (left.length === 0) return;
    if (tries === 50) assert.unreachable(`still there: ${JSON.stringify(left)}`);
    await sleep(100);
  }
}

function listed(kind: 'prog' | 'link', ids: readonly number[]): readonly unknown[] {
  const text = execFileSync('bpftool', ['-j', kind], { encoding: 'utf8' });
  const all: readonly { readonly id: number }[] = text === '' ? [] : JSON.parse(text);
  return all.filter(({ id }) => ids.includes(id));
}
