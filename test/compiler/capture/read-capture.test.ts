import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import { captureFile, linkTypes } from '../../packets/capture.js';
import { ethernetPackets } from '../../packets/packets.js';
import { describe } from '../../support/suite.js';

const packets = ethernetPackets().slice(0, 20);
const pcap = captureFile(packets, linkTypes.ethernet);

describe('read-capture', (test) => {
  test('a pcap file gives its packets back', () => {
    const capture = readCapture(pcap);
    if (!capture.ok) throw new Error(capture.mistakes[0]?.message);
    assert.is(capture.value.link, 1);
    assert.equal(
      capture.value.packets.map(({ bytes, length }) => ({ bytes: [...bytes], length })),
      packets.map(({ bytes, wireLength }) => ({ bytes: [...bytes], length: wireLength })),
    );
  });

  test('header and records of a pcap file are the file', () => {
    const capture = readCapture(pcap);
    if (!capture.ok) throw new Error(capture.mistakes[0]?.message);
    const { preamble, packets: read } = capture.value;
    assert.equal(
      new Uint8Array(Buffer.concat([preamble, ...read.map(({ record }) => record)])),
      pcap,
    );
  });

  test('a pcapng file gives its packets back, in both byte orders', () => {
    for (const isLittleEndian of [true, false]) {
      const capture = readCapture(pcapngOf(isLittleEndian));
      if (!capture.ok) throw new Error(capture.mistakes[0]?.message);
      assert.is(capture.value.link, 1);
      assert.is(capture.value.preamble.length, 28 + 20);
      assert.equal(
        capture.value.packets.map(({ bytes, length }) => ({ bytes: [...bytes], length })),
        [{ bytes: [1, 2, 3], length: 60 }],
      );
    }
  });

  const wrong: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['nothing', new Uint8Array(), /not a pcap or pcapng file/],
    ['text', new TextEncoder().encode('this is no capture file at all'), /not a pcap/],
    ['a cut record header', pcap.subarray(0, 24 + 8), /offset 24: a record header is cut off/],
    ['a cut packet', pcap.subarray(0, 24 + 20), /offset 24: a packet of \d+ bytes is cut off/],
    ['a cut block', pcapngOf(true).subarray(0, 60), /offset 48: a block of 36 bytes/],
  ];
  for (const [name, bytes, message] of wrong)
    test(`${name} is refused with its place`, () => {
      const capture = readCapture(bytes);
      assert.not.ok(capture.ok);
      if (!capture.ok) assert.match(capture.mistakes[0]?.message ?? '', message);
    });
});

/** A section, an Ethernet interface and one packet of 3 captured bytes, 60 on the wire. */
function pcapngOf(isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(28 + 20 + 36));
  const words = (offset: number, ...values: readonly number[]) => {
    for (const [index, value] of values.entries())
      view.setUint32(offset + 4 * index, value, isLittleEndian);
  };
  words(0, 0x0a0d0d0a, 28, 0x1a2b3c4d);
  words(24, 28);
  words(28, 1, 20);
  view.setUint16(36, 1, isLittleEndian);
  words(44, 20);
  words(48, 6, 36, 0, 0, 0, 3, 60);
  new Uint8Array(view.buffer).set([1, 2, 3], 76);
  words(80, 36);
  return new Uint8Array(view.buffer);
}
