import { isKnown, knownOnEntry, learn } from '../ir/requirements.js';
import type { Pass } from './pass.js';

/**
 * Remove a guard that every path to it has already passed.
 *
 *     need 34; …; need 24  =>  need 34; …
 */
export const dropGuards: Pass = {
  name: 'drop-guards',
  after: ['place-guards'],
  run: (program) => {
    const entries = knownOnEntry(program);
    return {
      ...program,
      blocks: program.blocks.map((block, index) => {
        let known = entries[index];
        if (known === undefined) return block;
        const guards = block.guards.filter((guard) => {
          if (known === undefined || isKnown(known, guard)) return false;
          known = learn(known, guard);
          return true;
        });
        return guards.length === block.guards.length ? block : { ...block, guards };
      }),
    };
  },
};
