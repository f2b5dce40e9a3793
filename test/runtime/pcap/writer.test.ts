import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import { recordFlags } from '../../../runtime/events/flags.js';
import { openPcapWriter } from '../../../runtime/pcap/writer.js';
import { describe } from '../../support/suite.js';
import { batch } from '../records.js';

const options = { snaplenBytes: 65535, wallClockOffset: 0n };
const packets = batch([
  { record: { flags: recordFlags.ethernet }, bytes: new Uint8Array(60) },
  { record: { flags: recordFlags.ethernet }, bytes: new Uint8Array(100) },
]);

describe('openPcapWriter', (test) => {
  const inFolder = async (body: (folder: string) => Promise<void>) => {
    const folder = mkdtempSync(join(tmpdir(), 'netcap-writer-'));
    try {
      await body(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('the file is complete after every batch, also before it is closed', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a.pcap');
      const writer = await openPcapWriter(path, options);
      if (!writer.ok) throw new Error(writer.mistakes[0]?.message);
      assert.is(statSync(path).size, 24);
      await writer.value.append(packets);
      const capture = readCapture(readFileSync(path));
      assert.is(capture.ok && capture.value.packets.length, 2);
      assert.is(writer.value.packetCount(), 2);
      await writer.value.close();
    }));

  test('a file of that name is replaced', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a.pcap');
      writeFileSync(path, 'x'.repeat(1000));
      const writer = await openPcapWriter(path, options);
      if (writer.ok) await writer.value.close();
      assert.is(statSync(path).size, 24);
    }));

  test('a symbolic link is not followed', () =>
    inFolder(async (folder) => {
      const target = join(folder, 'target');
      writeFileSync(target, 'precious');
      symlinkSync(target, join(folder, 'link'));
      const writer = await openPcapWriter(join(folder, 'link'), options);
      assert.is(!writer.ok && writer.mistakes[0]?.code, 'output-unwritable');
      assert.is(readFileSync(target, 'utf8'), 'precious');
    }));

  test('a device without room is a mistake, not an exception', async () => {
    const writer = await openPcapWriter('/dev/full', options);
    assert.is(!writer.ok && writer.mistakes[0]?.code, 'output-failed');
    assert.match((!writer.ok && writer.mistakes[0]?.message) || '', /the disk is full/);
  });

  test('a folder that does not exist is named', async () => {
    const writer = await openPcapWriter('/no/such/folder/a.pcap', options);
    assert.match((!writer.ok && writer.mistakes[0]?.message) || '', /there is no such folder/);
  });
});
