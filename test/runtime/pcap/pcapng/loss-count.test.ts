import * as assert from 'uvu/assert';
import { createLossCount } from '../../../../runtime/pcap/pcapng/loss-count.js';
import { describe } from '../../../support/suite.js';

describe('createLossCount', (test) => {
  test('is the difference to the record before of the same hook and CPU', () => {
    const lossBefore = createLossCount(2);
    assert.equal(
      [lossBefore(0, 0, 5), lossBefore(0, 0, 5), lossBefore(0, 1, 2), lossBefore(1, 0, 1)],
      [5, 0, 2, 1],
    );
    assert.is(lossBefore(0, 0, 9), 4);
  });

  test('counts go round after 2^32', () => {
    const lossBefore = createLossCount(1);
    lossBefore(0, 0, 0x7fff_ffff);
    lossBefore(0, 0, 0xffff_fff0);
    assert.is(lossBefore(0, 0, 4), 20);
  });

  test('the record of a program that was interrupted comes late, and loses nothing twice', () => {
    const lossBefore = createLossCount(1);
    assert.equal([lossBefore(0, 0, 7), lossBefore(0, 0, 3), lossBefore(0, 0, 8)], [7, 0, 1]);
  });

  test('a machine of many CPUs', () => {
    const lossBefore = createLossCount(1);
    assert.equal([lossBefore(0, 700, 3), lossBefore(0, 700, 4), lossBefore(0, 1, 1)], [3, 1, 1]);
  });
});
