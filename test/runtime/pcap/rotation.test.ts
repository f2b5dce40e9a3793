import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import { localTime } from '../../../runtime/pcap/local-time.js';
import { createPcapFormat } from '../../../runtime/pcap/pcap.js';
import { openRotatingFile } from '../../../runtime/pcap/rotating-file.js';
import { createRotation, type RotationOptions } from '../../../runtime/pcap/rotation.js';
import { openWriter } from '../../../runtime/pcap/writer.js';
import { filesFull } from '../../../runtime/sink.js';
import { describe } from '../../support/suite.js';
import { inFolder } from '../objects.js';
import { batch } from '../records.js';
import { missingTools } from '../requirements.js';
import { ethernet, frame, sampleFormat } from './pcapng/sample.js';

const missing = missingTools('tcpdump');
const format = () => createPcapFormat({ snaplenBytes: 65535, wallClockOffset: 0n });

/** 1,000 packets of 1,500 bytes and one of another size now and then: 1.4 MB in all. */
const sizes = Array.from({ length: 1000 }, (_, index) => (index % 7 === 0 ? 90 : 1458));
const packets = (from = 0, to = sizes.length) =>
  batch(
    sizes.slice(from, to).map((size, index) => ({
      record: { ...ethernet, timestamp: BigInt(from + index) * 1_000_000n },
      bytes: frame(size),
    })),
  );

/** Names and sizes of the files in a folder. */
function filesOf(folder: string): readonly (readonly [name: string, bytes: number])[] {
  return readdirSync(folder)
    .sort()
    .map((name) => [name, statSync(join(folder, name)).size]);
}

function packetsOfFile(path: string): number {
  const capture = readCapture(readFileSync(path));
  if (!capture.ok) throw new Error(`${path}: ${capture.mistakes[0]?.message}`);
  return capture.value.packets.length;
}

describe('rotation by size', (test) => {
  /** The same packets through tcpdump and through us. */
  const compare = (args: readonly string[], options: RotationOptions) =>
    inFolder(async (folder) => {
      const input = join(folder, 'all.pcap');
      const whole = await openWriter(input, format());
      if (!whole.ok) throw new Error(whole.mistakes[0]?.message);
      await whole.value.append(packets());
      await whole.value.close();
      const [theirs, ours] = [join(folder, 'theirs'), join(folder, 'ours')];
      mkdirSync(theirs);
      mkdirSync(ours);
      const tcpdump = ['-Z', 'root', '-r', input, '-w', join(theirs, 't.pcap'), ...args];
      execFileSync('tcpdump', tcpdump, { stdio: 'pipe' });
      const writer = await openWriter(join(ours, 't.pcap'), format(), options);
      if (!writer.ok) throw new Error(writer.mistakes[0]?.message);
      for (let from = 0; from < sizes.length; from += 2) {
        assert.ok((await writer.value.append(packets(from, from + 2))).ok);
      }
      await writer.value.close();
      assert.equal(filesOf(ours), filesOf(theirs));
      assert.is(writer.value.packetCount(), 1000);
      return filesOf(ours).map(([name]) => name);
    });

  test.skipUnless(missing, '-C: names and sizes are those of tcpdump', async () => {
    assert.equal(await compare(['-C', '1'], { sizeBytes: 1_000_000 }), ['t.pcap', 't.pcap1']);
  });

  test.skipUnless(
    missing,
    '-C with -W: files are used again, and numbered from the first',
    async () => {
      const options = { sizeBytes: 1_000_000 };
      assert.equal(await compare(['-C', '1', '-W', '10'], { ...options, files: 10 }), [
        't.pcap0',
        't.pcap1',
      ]);
      assert.equal(await compare(['-C', '1', '-W', '11'], { ...options, files: 11 }), [
        't.pcap00',
        't.pcap01',
      ]);
      assert.equal(await compare(['-C', '1', '-W', '1'], { ...options, files: 1 }), ['t.pcap']);
    },
  );

  test('a size less than what a file begins with: each packet has a file', () =>
    inFolder(async (folder) => {
      const writer = await openWriter(join(folder, 't.pcap'), format(), { sizeBytes: 1 });
      if (!writer.ok) throw new Error(writer.mistakes[0]?.message);
      const two = [4, 5].map((size) => ({ record: ethernet, bytes: frame(size) }));
      assert.ok((await writer.value.append(batch(two))).ok);
      await writer.value.close();
      // As in tcpdump, the first file stays empty: it is too large before the first packet.
      assert.equal(filesOf(folder), [
        ['t.pcap', 24],
        ['t.pcap1', 86],
        ['t.pcap2', 87],
      ]);
    }));

  test('the numbers go round', () => {
    const rotation = createRotation('t', { sizeBytes: 1, files: 3 }, 0, localTime);
    const names = [rotation.first(), ...Array.from({ length: 5 }, rotation.afterSize)];
    assert.equal(names, ['t0', 't1', 't2', 't0', 't1', 't2']);
  });

  test('files of pcapng are complete, each with interfaces and statistics', () =>
    inFolder(async (folder) => {
      const path = join(folder, 't.pcapng');
      const writer = await openWriter(path, sampleFormat(), { sizeBytes: 500_000 });
      if (!writer.ok) throw new Error(writer.mistakes[0]?.message);
      await writer.value.append(packets());
      await writer.value.close();
      const counts = filesOf(folder).map(([name]) => packetsOfFile(join(folder, name)));
      assert.is(counts.length, 3);
      assert.is(
        counts.reduce((sum, count) => sum + count),
        1000,
      );
      for (const [name] of filesOf(folder)) {
        const bytes = readFileSync(join(folder, name));
        assert.is(bytes.readUInt32LE(0), 0x0a0d0d0a);
        // The last block, which ends with its length, is a statistics block for the second interface.
        const last = bytes.subarray(-bytes.readUInt32LE(bytes.length - 4));
        assert.is(last.readUInt32LE(0), 5);
        assert.is(last.readUInt32LE(8), 1);
      }
    }));
});

describe('rotation by time', (test) => {
  const begin = 1_800_000_000;
  const names = (options: RotationOptions, path: string) =>
    createRotation(path, options, begin, (text, seconds) => text.replace('%s', String(seconds)));

  test('names have the time at which a file was begun', () => {
    const rotation = names({ seconds: 10 }, 't-%s.pcap');
    assert.is(rotation.first(), 't-1800000000.pcap');
    assert.is(rotation.isTimeUp(begin + 9), false);
    assert.is(rotation.isTimeUp(begin + 10), true);
    assert.is(rotation.afterTime(begin + 25), 't-1800000025.pcap');
    assert.is(rotation.isTimeUp(begin + 34), false);
  });

  test('without a size, -W is the number of files, and numbers none', () => {
    const rotation = names({ seconds: 10, files: 2 }, 't');
    assert.equal(
      [rotation.first(), rotation.afterTime(begin + 10), rotation.afterTime(begin + 20)],
      ['t', 't', undefined],
    );
  });

  test('with a size, time begins the numbers anew', () => {
    const rotation = names({ seconds: 10, sizeBytes: 1, files: 20 }, 't-%s.');
    assert.equal(
      [rotation.first(), rotation.afterSize(), rotation.afterTime(begin + 10)],
      ['t-1800000000.00', 't-1800000000.01', 't-1800000010.00'],
    );
  });

  test('the packet after the last file ends the capture', () =>
    inFolder(async (folder) => {
      let now = begin;
      const path = join(folder, 't-%s.pcap');
      const rotation = createRotation(path, { seconds: 5, files: 2 }, now, localTime);
      const file = await openRotatingFile(rotation, format(), () => now);
      if (!file.ok) throw new Error(file.mistakes[0]?.message);
      const one = () => format().packets(batch([{ record: ethernet, bytes: frame() }]));
      assert.ok((await file.value.append(one(), 1)).ok);
      now += 6;
      assert.ok((await file.value.append(one(), 1)).ok);
      now += 6;
      const ended = await file.value.append(one(), 1);
      assert.is(!ended.ok && ended.mistakes[0]?.code, filesFull);
      await file.value.close();
      assert.is(file.value.packetCount(), 2);
      assert.equal(
        filesOf(folder).map(([name]) => [name, packetsOfFile(join(folder, name))]),
        [
          ['t-1800000000.pcap', 1],
          ['t-1800000006.pcap', 1],
        ],
      );
    }));

  test.skipUnless(missing, 'files are those of tcpdump for packets that come by the second', () =>
    inFolder(async (folder) => {
      const [theirs, ours] = [join(folder, 'theirs'), join(folder, 'ours')];
      mkdirSync(theirs);
      mkdirSync(ours);
      const name = 'a-%Y%m%d-%H%M%S-%j.pcap';
      // In the middle of a second, so that both have the same one.
      const untilNextMiddle = () => sleep(1500 - (Date.now() % 1000));
      await untilNextMiddle();
      const args = ['-Z', 'root', '-U', '-r', '-', '-G', '2', '-w', join(theirs, name)];
      const child = spawn('tcpdump', args, { stdio: ['pipe', 'ignore', 'ignore'] });
      const closed = once(child, 'close');
      const source = format();
      child.stdin.write(source.header());
      const writer = await openWriter(join(ours, name), format(), { seconds: 2 });
      if (!writer.ok) throw new Error(writer.mistakes[0]?.message);
      for (let second = 0; second < 5; second++) {
        const one = () => batch([{ record: ethernet, bytes: frame(second) }]);
        child.stdin.write(Buffer.from(source.packets(one())));
        await writer.value.append(one());
        await untilNextMiddle();
      }
      child.stdin.end();
      await Promise.all([closed, writer.value.close()]);
      assert.equal(filesOf(ours), filesOf(theirs));
      assert.ok(filesOf(ours).length >= 2);
    }),
  );

  test('strftime is that of libc', () => {
    const expected = execFileSync('date', ['-d', '@1800000000', '+%Y %j %a %H:%M:%S %z %%'], {
      encoding: 'utf8',
    });
    assert.is(`${localTime('%Y %j %a %H:%M:%S %z %%', 1_800_000_000)}\n`, expected);
  });
});
