import * as assert from 'uvu/assert';
import { compile, compileObject } from '../../../compiler/index.js';
import { readStatistics, verifyObject } from '../../../runtime/verify/verify.js';
import { describe } from '../../support/suite.js';
import { buildObject } from '../objects.js';
import { missingForLoading, missingTools } from '../requirements.js';

const missing = missingForLoading() ?? missingTools('clang');

/** Behind the context of every raw tracepoint. */
const refusedProgram = `
SEC("raw_tp")
int netcap_refused(void *context)
{
	return *(volatile int *)(context + 4096);
}
`;

/** Of target skb. */
const kinds = [
  'entry',
  'kprobe',
  'kprobe_many',
  'kretprobe',
  'match',
  'raw_tp',
  'tc',
  'tracepoint',
  'tracing',
  'xdp',
];

describe('verifyObject', (test) => {
  test('statistics are the last line of a log', () => {
    const log = [
      'processed 7 insns (limit 1000000) max_states_per_insn 0 total_states 1 peak_states 1 mark_read 0',
      'verification time 3 usec',
      'stack depth 32+0',
      'processed 42 insns (limit 1000000) max_states_per_insn 1 total_states 9 peak_states 5 mark_read 2',
      '',
    ].join('\n');
    assert.equal(readStatistics(log), { instructions: 42, states: 9, peakStates: 5 });
  });

  test.skipUnless(missing, 'every program is accepted, and larger filters cost more', async () => {
    const cost = async (expression: string) => {
      const programs = verifyObject(await buildObject(expression), false);
      assert.equal(
        programs.map(({ program }) => program).toSorted(),
        kinds.map((kind) => `netcap_${kind}`),
      );
      return programs.flatMap((each) => {
        assert.ok(each.accepted, each.program);
        assert.ok(each.states >= each.peakStates && each.peakStates > 0);
        // At a function's entry, for the sake of its return, no filter is asked.
        return each.program === 'netcap_entry' ? [] : [each.instructions];
      });
    };
    const small = await cost('ip');
    const large = await cost('tcp port 80 and host 10.0.0.1 and tcp[tcpflags] & tcp-syn != 0');
    for (const [index, instructions] of small.entries())
      assert.ok((large[index] ?? 0) > instructions, `${large[index]} > ${instructions}`);
  });

  test.skipUnless(missing, 'each reader has its own cost', async () => {
    const object = await buildObject('tcp port 80');
    assert.not.equal(verifyObject(object, true), verifyObject(object, false));
  });

  test.skipUnless(
    missing,
    'a program that is refused says why, and the others are told of',
    async () => {
      const { c } = compile('ip');
      const object = await compileObject(`${c}${refusedProgram}`);
      if (!object.ok) throw new Error(object.mistakes[0]?.message);
      const programs = verifyObject(object.value, false);
      const refused = programs.filter(({ accepted }) => !accepted);
      assert.is(programs.length, kinds.length + 1);
      assert.equal(refused, [
        {
          program: 'netcap_refused',
          accepted: false,
          reason: 'invalid bpf_context access off=4096 size=4',
        },
      ]);
    },
  );
});
