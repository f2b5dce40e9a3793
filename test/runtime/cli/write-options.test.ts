import * as assert from 'uvu/assert';
import { checkWrite, type WriteArguments } from '../../../runtime/cli/write-options.js';
import { describe } from '../../support/suite.js';

const nothing: WriteArguments = {
  write: undefined,
  fileFormat: undefined,
  fileSize: undefined,
  rotateSeconds: undefined,
  fileCount: undefined,
  writeFileRotate: undefined,
  stats: undefined,
  relinquishPrivileges: undefined,
};
const plan = (changes: Partial<WriteArguments>) => {
  const checked = checkWrite({ ...nothing, write: 't', ...changes });
  if (!checked.ok) throw new Error(checked.mistakes[0]?.message);
  return checked.value;
};

describe('checkWrite', (test) => {
  test('the name says which format', () => {
    const formats = {
      t: 'pcapng',
      '-': 'pcapng',
      't.pcapng': 'pcapng',
      't.trace': 'pcapng',
      't.pcap': 'pcap',
      'T.PCAP': 'pcap',
      't-%H.cap': 'pcap',
      'pcap/t': 'pcapng',
    };
    for (const [write, format] of Object.entries(formats)) {
      assert.is(plan({ write }).format, format, write);
    }
    assert.is(plan({ write: '-', fileFormat: 'pcap' }).format, 'pcap');
    assert.is(plan({ write: 't.pcap', fileFormat: 'pcapng' }).format, 'pcapng');
  });

  test('sizes are in millions of bytes, or with a letter in powers of 1024', () => {
    const sizes = { '1': 1_000_000, '25': 25_000_000, '3k': 3072, '2M': 2_097_152, '1g': 2 ** 30 };
    for (const [fileSize, bytes] of Object.entries(sizes)) {
      assert.is(plan({ fileSize }).rotation.sizeBytes, bytes, fileSize);
    }
  });

  test('what makes no sense is wrong use', () => {
    const wrong: readonly (readonly [Partial<WriteArguments>, RegExp])[] = [
      [{ write: undefined, fileSize: '1' }, /--file-size is for --write/],
      [{ write: undefined, writeFileRotate: 1 }, /--write-file-rotate is for --write/],
      [{ stats: 0 }, /--stats takes a number of seconds, 1 or more/],
      [{ write: '' }, /--write takes the name of a file/],
      [{ fileCount: 2 }, /--file-count is for --file-size and --rotate-seconds/],
      [{ write: '-', fileSize: '1' }, /standard output is one file/],
      [{ writeFileRotate: 5, rotateSeconds: 1 }, /and then writes one file/],
      [{ fileSize: '0' }, /--file-size takes a number of million bytes/],
      [{ fileSize: '1.5' }, /--file-size takes/],
      [{ fileSize: '1x' }, /--file-size takes/],
      [{ rotateSeconds: 0 }, /--rotate-seconds takes a number of seconds, 1 or more/],
      [{ rotateSeconds: 1.5 }, /--rotate-seconds takes a number of seconds, 1 or more/],
      [{ fileSize: '1', fileCount: 0 }, /--file-count takes a number of files, 1 or more/],
      [{ writeFileRotate: -1 }, /--write-file-rotate takes a number of packets, 1 or more/],
    ];
    for (const [changes, message] of wrong) {
      const checked = checkWrite({ ...nothing, write: 't', ...changes });
      assert.is(!checked.ok && checked.mistakes[0]?.code, 'usage', String(message));
      assert.match((!checked.ok && checked.mistakes[0]?.message) || '', message);
    }
  });

  test('statistics are for people, and so for every output', () => {
    assert.is(plan({ write: undefined, stats: 5 }).statisticsSeconds, 5);
    assert.is(plan({ write: 't.pcap', stats: 5 }).statisticsSeconds, 5);
  });

  test('text may be printed by another user, too', () => {
    assert.is(plan({ write: undefined, relinquishPrivileges: 'nobody' }).user, 'nobody');
  });
});
