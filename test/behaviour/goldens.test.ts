import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { linkTypes } from '../packets/capture.js';
import { ethernetPackets } from '../packets/packets.js';
import { describe } from '../support/suite.js';
import { assertSameVerdicts, ourVerdicts, withReference } from './verdicts.js';

/** What a golden shows is also right: every golden filter decides every packet as libpcap does. */
describe('goldens decide', (test) => {
  const filters = readdirSync('golden').map((id) => ({
    id,
    expression: readFileSync(join('golden', id, 'filter.txt'), 'utf8').trim(),
  }));
  for (const engine of ['ir', 'c'])
    test(`as libpcap, engine ${engine}`, async () => {
      assert.ok(filters.length >= 15);
      await withReference(ethernetPackets(), linkTypes.ethernet, filters, async (judged) => {
        assertSameVerdicts(judged, await ourVerdicts(judged, ['--engine', engine]));
      });
    });
});
