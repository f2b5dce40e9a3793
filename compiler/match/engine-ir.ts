import { success } from '../diagnostics/outcome.js';
import { interpret } from '../ir/interpret.js';
import { analyseFilters, type Engine, inOrder, protocolOf } from './match.js';

/** Interprets the IR after the passes. */
export const irEngine: Engine = async (filters, capture, options) => {
  const { analysed, failed } = analyseFilters(filters, options);
  const packets = capture.packets.map(({ bytes, length }) => ({
    bytes,
    length,
    protocol: protocolOf(bytes),
  }));
  const verdicts = analysed.map(({ id, program }) => ({
    id,
    ok: true as const,
    matches: packets.map((packet) => interpret(program, packet)),
  }));
  return success(inOrder(filters, [...failed, ...verdicts]));
};
