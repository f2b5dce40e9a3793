import type { Packet } from '../compiler/ir/interpret.js';
import {
  type Answer,
  type Instruction,
  type OracleStream,
  openOracle,
} from '../test/oracle/stream.js';
import { linkTypes } from '../test/packets/capture.js';

/** What libpcap makes of a filter for Ethernet. */
export interface LibpcapPrograms {
  /** The reference for verdicts. */
  readonly unoptimised: readonly Instruction[];
  /** What tcpdump gives to the kernel, and our work is compared with. */
  readonly optimised: readonly Instruction[];
}

/** The same libpcap twice, once with its optimiser. All throws where libpcap refuses the filter. */
export interface Libpcap {
  readonly compile: (expression: string) => Promise<LibpcapPrograms>;
  /** Its verdicts; undefined where its optimiser changes them. */
  readonly judge: (
    expression: string,
    packets: readonly Packet[],
  ) => Promise<readonly (boolean | undefined)[]>;
  readonly close: () => Promise<void>;
}

/** Start libpcap. */
export function openLibpcap(): Libpcap {
  const reference = openOracle();
  const optimiser = openOracle({ optimise: true, secondsPerFilter: 60 });
  return {
    compile: async (expression) => ({
      unoptimised: (await ask(reference, expression)).program,
      optimised: (await ask(optimiser, expression)).program,
    }),
    judge: async (expression, packets) => {
      const { bits } = await ask(reference, expression, packets);
      const optimised = await ask(optimiser, expression, packets);
      return Array.from(bits, (bit, index) =>
        bit === optimised.bits[index] ? bit === '1' : undefined,
      );
    },
    close: async () => {
      await Promise.all([reference.close(), optimiser.close()]);
    },
  };
}

async function ask(
  oracle: OracleStream,
  expression: string,
  packets: readonly Packet[] = [],
): Promise<Extract<Answer, { readonly kind: 'accepted' }>> {
  const answer = await oracle.ask({
    expression,
    linkType: linkTypes.ethernet,
    packets: packets.map(({ bytes, length }) => ({ bytes, wireLength: length })),
  });
  if (answer.kind === 'accepted') return answer;
  const why = answer.kind === 'rejected' ? answer.message : answer.reason;
  throw new Error(`libpcap on "${expression}": ${why}`);
}
