import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { readCapture } from '../../../../compiler/index.js';
import { recordFlags } from '../../../../runtime/events/flags.js';
import { wholeRecords } from '../../../../runtime/pcap/format.js';
import type { PcapngOptions } from '../../../../runtime/pcap/pcapng/pcapng.js';
import { describe } from '../../../support/suite.js';
import { asBlocks, readFields, runWireshark } from '../../../support/wireshark.js';
import { inFolder } from '../../objects.js';
import { batch } from '../../records.js';
import { missingTools } from '../../requirements.js';
import { datagram, ethernet, frame, sampleFormat } from './sample.js';

const missing = missingTools('tshark', 'capinfos', 'tcpdump');
const dissector = fileURLToPath(new URL('../../../../docs/netcap.lua', import.meta.url));
const withDissector = ['-X', `lua_script:${dissector}`];

const skb = 0xffff_8880_1234_5600n;
const place = 0xffff_ffff_8100_1234n;

/** Two sightings of one packet, one of another without MAC header, and an odd length. */
const packets = batch([
  {
    record: { ...ethernet, timestamp: 1n, packet: skb, process: 77, thread: 78, processor: 5 },
    bytes: frame(4),
  },
  {
    record: {
      flags: recordFlags.ethernet | recordFlags.received | (2 << 4),
      timestamp: 2n,
      packet: skb,
      hook: 1,
      reason: 3,
      location: place,
      lost: 3,
      interface: 9,
      protocol: 0x0800,
    },
    bytes: frame(5),
  },
  {
    record: { timestamp: 0x1_ffff_ffffn, packet: skb, hook: 1, protocol: 0x0800, length: 1000 },
    bytes: datagram(7),
  },
]);

const encode = (changes: Partial<PcapngOptions> = {}) => {
  const format = sampleFormat(changes);
  const parts = [format.header(), format.packets(packets)].map((part) => Buffer.from(part));
  return Buffer.concat([...parts, format.statistics()]);
};

describe('pcapng', (test) => {
  const inFile = (bytes: Uint8Array, body: (file: string) => void) =>
    inFolder(async (folder) => {
      const file = join(folder, 'a.pcapng');
      writeFileSync(file, bytes);
      body(file);
    });

  test('our own reader takes it', () => {
    const capture = readCapture(encode());
    assert.ok(capture.ok);
    if (!capture.ok) return;
    const header = Buffer.concat([Buffer.alloc(12), Buffer.from([0x08, 0x00])]);
    assert.equal(
      capture.value.packets.map(({ bytes, length }) => [length, Buffer.from(bytes)]),
      [
        [46, frame(4)],
        [47, frame(5)],
        [1014, Buffer.concat([header, datagram(7)])],
      ],
    );
  });

  test.skipUnless(missing, 'hooks are interfaces with name, description, filter and time', () =>
    inFile(encode(), (file) => {
      const about = runWireshark('capinfos', file);
      assert.match(about, /File type: +Wireshark\/\.\.\. - pcapng\n/);
      assert.match(about, /Capture application: netcap\n/);
      assert.match(about, /Number of packets: +3\n/);
      assert.match(about, /File timestamp precision: +nanoseconds \(9\)/);
      const interfaces = about.split(/Interface #\d info:\n/).slice(1);
      assert.is(interfaces.length, 2);
      assert.match(interfaces[0] ?? '', /Name = ip_rcv@1\n +Description = fentry:ip_rcv\n/);
      assert.match(interfaces[0] ?? '', /Filter string = udp port 9\n/);
      assert.match(interfaces[1] ?? '', /Name = kfree_skb@1\n/);
      assert.match(interfaces[1] ?? '', /Number of stat entries = 1\n/);
    }),
  );

  test.skipUnless(missing, 'Wireshark shows hook, direction, packet id, losses and comment', () =>
    inFile(encode(), (file) => {
      const fields = [
        'frame.time_epoch',
        'frame.interface_name',
        'frame.packet_flags_direction',
        'frame.packet_flags_reception_type',
        'frame.packet_id',
        'frame.drop_count',
        'frame.comment',
        'frame.len',
      ];
      assert.equal(readFields(file, fields), [
        ['1800000000.000000001', 'ip_rcv@1', '0x00000001', '1', '1', '', '', '46'],
        [
          '1800000000.000000002',
          'kfree_skb@1',
          '0x00000001',
          '2',
          '1',
          '3',
          'reason 3 at ffffffff81001234',
          '47',
        ],
        [
          '1800000008.589934591',
          'kfree_skb@1',
          '0x00000000',
          '0',
          '2',
          '',
          'no MAC header here: the one shown is made up',
          '1014',
        ],
      ]);
    }),
  );

  test.skipUnless(missing, 'the dissector shows processes and our option, from pipes too', () =>
    inFile(encode(), (file) => {
      const fields = [
        'netcap.process',
        'netcap.thread',
        'netcap.processor',
        'netcap.interface',
        'netcap.reason',
        'netcap.protocol',
        'netcap.flags.mac',
        'netcap.flags.type',
        'netcap.location',
        'frame.packet_id',
      ];
      const rows = [
        ['77', '78', '5', '0', '0', '0x00000000', '1', '0', '', '1'],
        ['', '', '0', '9', '3', '0x00000800', '1', '2', `place+0x${place.toString(16)}`, '1'],
        ['', '', '0', '0', '0', '0x00000800', '0', '0', '', '2'],
      ];
      assert.equal(readFields(file, fields, withDissector), rows);
      const args = fields.flatMap((field) => ['-e', field]);
      const piped = execFileSync(
        'sh',
        [
          '-c',
          'cat "$0" | tshark "$@"',
          file,
          ...withDissector,
          '-r',
          '-',
          '-T',
          'fields',
          ...args,
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
      assert.is(piped, rows.map((row) => `${row.join('\t')}\n`).join(''));
    }),
  );

  test.skipUnless(missing, 'statistics are in blocks of their own', () =>
    inFile(encode(), (file) => {
      const option = (name: string) => `pcapng.options.option.data.interface.${name}`;
      const fields = ['received', 'accepted_by_filter', 'dropped_by_os', 'delivered_to_user'];
      assert.equal(readFields(file, fields.map(option), asBlocks), [['10,7', '5,3', '2,0', '1,2']]);
      // What hooks with a program of their own missed; of others it is said in words, as are the CPUs.
      assert.equal(readFields(file, [option('dropped')], asBlocks), [['4']]);
      const [[comments] = []] = readFields(file, ['pcapng.options.option.data.comment'], asBlocks);
      const said = [
        'all CPUs: seen 10, matched 5, ring full 1, unreadable 1, truncated 0, sampled out 0, limited 1, surplus 0',
        'CPU 1: seen 9, matched 4, ring full 1, unreadable 1, truncated 0, sampled out 0, limited 0, surplus 0',
        'CPU 3: seen 1, matched 1, ring full 0, unreadable 0, truncated 0, sampled out 0, limited 1, surplus 0',
        'all CPUs: seen 7, matched 3, ring full 0, unreadable 0, truncated 0, sampled out 0, limited 0, surplus 0',
        'missed 6 at 2 hooks from this one on',
      ];
      assert.ok(comments?.endsWith(`,${said.join(',')}`), comments);
      // Wireshark's own look at the structure, which the reader of packets skips.
      assert.not.match(runWireshark('tshark', ...asBlocks, '-r', file, '-V'), /Malformed|Expert/);
    }),
  );

  test.skipUnless(missing, 'tcpdump reads it', () =>
    inFile(encode(), (file) => {
      const text = execFileSync('tcpdump', ['-nr', file], { encoding: 'utf8', stdio: 'pipe' });
      assert.is(text.match(/IP 10\.0\.0\.1\.1234 > 10\.0\.0\.2\.9: UDP/g)?.length, 3);
    }),
  );

  test.skipUnless(missing, 'packets of all sizes, up to the largest, in one batch', () => {
    const sizes = [0, 1, 2, 3, 4, 5, 63, 127, 128, 129, 130, 1500, 65536, 262143, 262144];
    const everySize = batch(
      sizes.flatMap((size) => [
        { record: ethernet, bytes: new Uint8Array(size).fill(size & 255) },
        { record: { protocol: 0x88b5 }, bytes: new Uint8Array(size).fill(size & 255) },
      ]),
    );
    const format = sampleFormat();
    const file = Buffer.concat([format.header(), format.packets(everySize)]);
    return inFile(file, (path) => {
      const captured = readFields(path, ['frame.cap_len']).map(([length]) => Number(length));
      const expected = sizes.flatMap((size) => [size, Math.min(size + 14, 262144)]);
      assert.equal(captured, expected);
      const capture = readCapture(file);
      assert.ok(capture.ok && capture.value.packets.length === expected.length);
      if (!capture.ok) return;
      for (const [index, { bytes, record }] of capture.value.packets.entries()) {
        const size = sizes[index >> 1] ?? 0;
        const data = bytes.subarray(index % 2 === 0 ? 0 : 14);
        assert.ok(
          data.every((byte) => byte === (size & 255)),
          `packet ${index}`,
        );
        const padding = record.subarray(28 + bytes.length, 28 + ((bytes.length + 3) & ~3));
        assert.ok(
          padding.every((byte) => byte === 0),
          `padding of packet ${index}`,
        );
      }
    });
  });

  test.skipUnless(missing, 'a filter too long for its option is not cut, but said to be long', () =>
    inFile(encode({ filter: `host ${'x'.repeat(70000)}` }), (file) => {
      const about = runWireshark('capinfos', file);
      assert.not.match(about, /Filter string/);
      assert.match(about, /the filter of 70005 bytes is too long for this block/);
    }),
  );

  test('sockets are no packets, and have no packet id', () => {
    const ids = (target: string) => {
      const records = sampleFormat({ target }).packets(packets);
      return Buffer.from(records).includes(Buffer.from([5, 0, 8, 0, 1, 0, 0, 0]));
    };
    assert.is(ids('skb'), true);
    assert.is(ids('sock'), false);
  });

  test('what got through as a whole', () => {
    const format = sampleFormat();
    const records = format.packets(packets);
    const first = new DataView(records.buffer, records.byteOffset).getUint32(4, true);
    const all = records.length;
    assert.equal(wholeRecords(format, records, all), { bytes: all, count: 3 });
    assert.equal(wholeRecords(format, records, first), { bytes: first, count: 1 });
    assert.equal(wholeRecords(format, records, first + 40), { bytes: first, count: 1 });
    assert.equal(wholeRecords(format, records, first - 1), { bytes: 0, count: 0 });
  });
});
