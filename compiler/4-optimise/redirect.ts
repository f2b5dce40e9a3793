import type * as Ir from '../ir/nodes.js';

/**
 * The program with every edge to a block for which `bypass` names another target leading there instead, through
 * chains of such blocks. The bypassed blocks stay until unreachable ones are removed.
 */
export function redirect(
  program: Ir.Program,
  bypass: (block: Ir.Block, follow: (target: Ir.Target) => Ir.Target) => Ir.Target | undefined,
): Ir.Program {
  // Edges lead forward, so a block's own destination is final once the later ones are.
  const destinations: Ir.Target[] = program.blocks.map((_, index) => index);
  const follow = (target: Ir.Target): Ir.Target =>
    typeof target === 'number' ? (destinations[target] ?? target) : target;
  for (let index = program.blocks.length - 1; index >= 0; index--) {
    const target = bypass(program.blocks[index] as Ir.Block, follow);
    if (target !== undefined) destinations[index] = follow(target);
  }
  return {
    ...program,
    entry: follow(program.entry),
    blocks: program.blocks.map((block) => ({
      ...block,
      whenTrue: follow(block.whenTrue),
      whenFalse: follow(block.whenFalse),
    })),
  };
}
