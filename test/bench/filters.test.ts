import * as assert from 'uvu/assert';
import { benchFilters } from '../../bench/filters.js';
import { openLibpcap } from '../../bench/libpcap.js';
import { benchPackets, packetClasses } from '../../bench/packets.js';
import { analyse } from '../../compiler/index.js';
import { interpret } from '../../compiler/ir/interpret.js';
import { describe } from '../support/suite.js';

describe('filters of the bench', (test) => {
  test('there are 40, of different names and texts', () => {
    const filters = benchFilters();
    assert.is(filters.length, 40);
    assert.is(new Set(filters.map(({ id }) => id)).size, 40);
    assert.is(new Set(filters.map(({ expression }) => expression)).size, 40);
  });

  test('each has packets of every class, on which we and libpcap agree', async () => {
    const libpcap = openLibpcap();
    try {
      for (const { id, expression } of benchFilters()) {
        const program = analyse(expression, { link: 'ethernet' }).ir?.[0];
        assert.ok(program, id);
        const { unoptimised } = await libpcap.compile(expression);
        const packets = await benchPackets(libpcap, expression, unoptimised);
        for (const name of packetClasses) {
          assert.ok(
            packets[name].length >= 4,
            `${id}: ${name} has ${packets[name].length} packets`,
          );
          for (const packet of packets[name])
            assert.is(interpret(program, packet), name === 'match', `${id}: ${name}`);
        }
      }
    } finally {
      await libpcap.close();
    }
  });
});
