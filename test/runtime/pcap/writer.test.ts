import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import type { CaptureFormat } from '../../../runtime/pcap/format.js';
import { createPcapFormat } from '../../../runtime/pcap/pcap.js';
import { openWriter } from '../../../runtime/pcap/writer.js';
import { describe } from '../../support/suite.js';
import { runWireshark } from '../../support/wireshark.js';
import { inFolder } from '../objects.js';
import { batch } from '../records.js';
import { missingTools } from '../requirements.js';
import { ethernet, frame, sampleFormat } from './pcapng/sample.js';

const pcap = () => createPcapFormat({ snaplenBytes: 65535, wallClockOffset: 0n });
const formats: Readonly<Record<string, () => CaptureFormat>> = { pcap, pcapng: sampleFormat };

const packets = () =>
  batch([
    { record: ethernet, bytes: frame(18) },
    { record: ethernet, bytes: frame(58) },
  ]);

const missing =
  (process.getuid?.() === 0 ? undefined : 'not root') ?? missingTools('mount', 'capinfos');

async function open(path: string, format: CaptureFormat) {
  const writer = await openWriter(path, format);
  if (!writer.ok) throw new Error(writer.mistakes[0]?.message);
  return writer.value;
}

describe('openWriter', (test) => {
  for (const [name, format] of Object.entries(formats)) {
    test(`${name}: the file is complete after every batch, also before it is closed`, () =>
      inFolder(async (folder) => {
        const path = join(folder, 'a');
        const writer = await open(path, format());
        assert.is(statSync(path).size, format().header().length);
        await writer.append(packets());
        const capture = readCapture(readFileSync(path));
        assert.is(capture.ok && capture.value.packets.length, 2);
        assert.is(writer.packetCount(), 2);
        await writer.close();
      }));

    test.skipUnless(missing, `${name}: a full disk leaves all that had room, and says so`, () =>
      inFolder(async (folder) => {
        const disk = join(folder, 'disk');
        mkdirSync(disk);
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', disk]);
        try {
          const path = join(disk, 'a');
          const writer = await open(path, format());
          let appended = await writer.append(packets());
          while (appended.ok) appended = await writer.append(packets());
          assert.is(appended.mistakes[0]?.message.endsWith('the disk is full (ENOSPC)'), true);
          assert.is((await writer.append(packets())).ok, false);
          assert.is((await writer.close()).ok, false);
          const capture = readCapture(readFileSync(path));
          const count = capture.ok ? capture.value.packets.length : -1;
          assert.ok(count > 10, `${count} packets`);
          assert.is(writer.packetCount(), count);
          assert.match(runWireshark('capinfos', '-c', path), `Number of packets:   ${count}\n`);
        } finally {
          execFileSync('umount', [disk]);
        }
      }),
    );
  }

  test('statistics in between are not packets, and no part of them', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a');
      const writer = await open(path, sampleFormat());
      // All at once: each has to wait for the one before.
      const sizes = [10_000, 20_000, 30_000];
      const jobs = sizes.flatMap((size) => [
        writer.append(batch([{ record: ethernet, bytes: new Uint8Array(size).fill(size) }])),
        writer.appendStatistics?.(),
      ]);
      await Promise.all(jobs);
      await writer.close();
      assert.is(writer.packetCount(), 3);
      const capture = readCapture(readFileSync(path));
      const packets = capture.ok ? capture.value.packets : [];
      assert.equal(
        packets.map(({ bytes }) => bytes.length),
        sizes,
      );
      for (const [index, { bytes }] of packets.entries()) {
        assert.ok(bytes.every((byte) => byte === ((sizes[index] ?? 0) & 255)));
      }
      const statistics = sampleFormat().statistics().length;
      const recordBytes = packets.reduce((sum, { record }) => sum + record.length, 0);
      const header = sampleFormat().header().length;
      assert.is(statSync(path).size, header + recordBytes + 4 * statistics);
    }));

  test('a file of that name is replaced', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a.pcap');
      writeFileSync(path, 'x'.repeat(1000));
      await (await open(path, pcap())).close();
      assert.is(statSync(path).size, 24);
    }));

  test('a symbolic link is not followed', () =>
    inFolder(async (folder) => {
      const target = join(folder, 'target');
      writeFileSync(target, 'precious');
      symlinkSync(target, join(folder, 'link'));
      const writer = await openWriter(join(folder, 'link'), pcap());
      assert.is(!writer.ok && writer.mistakes[0]?.code, 'output-unwritable');
      assert.match((!writer.ok && writer.mistakes[0]?.message) || '', /symbolic link \(ELOOP\)/);
      assert.is(readFileSync(target, 'utf8'), 'precious');
    }));

  test('nor is one in the way of a rotated file', () =>
    inFolder(async (folder) => {
      const target = join(folder, 'target');
      writeFileSync(target, 'precious');
      symlinkSync(target, join(folder, 'a.pcap1'));
      const writer = await openWriter(join(folder, 'a.pcap'), pcap(), { sizeBytes: 1 });
      if (!writer.ok) throw new Error(writer.mistakes[0]?.message);
      const appended = await writer.value.append(packets());
      assert.is(!appended.ok && appended.mistakes[0]?.code, 'output-unwritable');
      assert.is((await writer.value.close()).ok, false);
      assert.is(readFileSync(target, 'utf8'), 'precious');
    }));

  test('a device without room is a mistake, not an exception', async () => {
    const writer = await openWriter('/dev/full', pcap());
    assert.is(!writer.ok && writer.mistakes[0]?.code, 'output-failed');
    assert.match((!writer.ok && writer.mistakes[0]?.message) || '', /the disk is full/);
  });

  test('a folder that does not exist is named', async () => {
    const writer = await openWriter('/no/such/folder/a.pcap', pcap());
    assert.match((!writer.ok && writer.mistakes[0]?.message) || '', /there is no such folder/);
  });
});
