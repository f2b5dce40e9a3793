import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import { recordFlags } from '../../../runtime/events/flags.js';
import { wallClock } from '../../../runtime/pcap/clock.js';
import { recordsUpTo, wholeRecords } from '../../../runtime/pcap/format.js';
import {
  createPcapFormat,
  encodePcapHeader,
  encodePcapRecords,
} from '../../../runtime/pcap/pcap.js';
import { describe } from '../../support/suite.js';
import { batch } from '../records.js';

const frame = Uint8Array.from({ length: 60 }, (_, index) => index);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('pcap', (test) => {
  test('the header says nanoseconds, little-endian, Ethernet', () => {
    assert.is(
      hex(encodePcapHeader(262144)),
      '4d3cb2a1' + '0200' + '0400' + '00000000' + '00000000' + '00000400' + '01000000',
    );
    // Room for the header that some packets get, up to what readers take.
    assert.is(hex(encodePcapHeader(1500).subarray(16, 20)), 'ea050000');
  });

  test('a packet with its MAC header is written as it is', () => {
    const timestamp = 5_000_000_007n;
    const records = encodePcapRecords(
      batch([{ record: { timestamp, length: 1500, flags: recordFlags.ethernet }, bytes: frame }]),
      wallClock(0n),
    );
    assert.is(hex(records.subarray(0, 16)), '05000000' + '07000000' + '3c000000' + 'dc050000');
    assert.equal(hex(records.subarray(16)), hex(frame));
  });

  test('a packet without MAC header gets one', () => {
    const bytes = Uint8Array.from([0x45, 0, 0, 20]);
    const records = encodePcapRecords(
      batch([{ record: { protocol: 0x0800, length: 20 }, bytes }]),
      wallClock(0n),
    );
    assert.is(hex(records.subarray(8, 16)), '12000000' + '22000000');
    assert.is(hex(records.subarray(16)), `${'00'.repeat(12)}080045000014`);
  });

  test('packets of all sizes can be read back in their order', () => {
    const packets = [0, 1, 7, 8, 63, 1500, 9000].map((length) => ({
      record: { flags: recordFlags.ethernet },
      bytes: new Uint8Array(length).fill(length),
    }));
    const file = Buffer.concat([
      encodePcapHeader(65535),
      encodePcapRecords(batch(packets), wallClock(0n)),
    ]);
    const capture = readCapture(file);
    assert.ok(capture.ok);
    assert.equal(
      capture.ok && capture.value.packets.map((packet) => hex(packet.bytes)),
      packets.map((packet) => hex(packet.bytes)),
    );
  });

  const format = createPcapFormat({ snaplenBytes: 65535, wallClockOffset: 0n });
  const two = () =>
    format.packets(
      batch([
        { record: { flags: recordFlags.ethernet }, bytes: frame },
        { record: { flags: recordFlags.ethernet }, bytes: frame },
      ]),
    );

  test('records that got through as a whole', () => {
    const records = two();
    assert.equal(wholeRecords(format, records, 152), { bytes: 152, count: 2 });
    assert.equal(wholeRecords(format, records, 151), { bytes: 76, count: 1 });
    assert.equal(wholeRecords(format, records, 76), { bytes: 76, count: 1 });
    assert.equal(wholeRecords(format, records, 80), { bytes: 76, count: 1 });
    assert.equal(wholeRecords(format, records, 15), { bytes: 0, count: 0 });
  });

  test('records up to the first that reaches beyond a limit', () => {
    const records = two();
    const parts = [-1, 0, 75, 76, 1000].map((limit) => recordsUpTo(format, records, limit));
    assert.equal(
      parts.map(({ bytes, count }) => [bytes, count]),
      [
        [0, 0],
        [76, 1],
        [76, 1],
        [152, 2],
        [152, 2],
      ],
    );
  });
});
