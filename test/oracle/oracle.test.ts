import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { captureFile, linkTypes } from '../packets/capture.js';
import { whole } from '../packets/packet.js';
import { describe } from '../support/suite.js';
import { type OracleOptions, oracleVerdicts } from './oracle.js';

const ipv4 = Uint8Array.of(...Array(12).fill(0), 8, 0, 0x45, ...Array(19).fill(0));
const arp = Uint8Array.of(...Array(12).fill(0), 8, 6, ...Array(28).fill(0));
const packets = [whole('IPv4', ipv4), whole('ARP', arp)];

async function verdict(
  expression: string,
  options?: OracleOptions,
  linkType: number = linkTypes.ethernet,
) {
  const directory = mkdtempSync(join(tmpdir(), 'netcap-'));
  try {
    const path = join(directory, 'packets.pcap');
    writeFileSync(path, captureFile(packets, linkType));
    return (await oracleVerdicts([{ id: 'filter', expression }], path, options)).get('filter');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('oracle', (test) => {
  test('gives one bit for each packet', async () => {
    assert.equal(await verdict('ip'), { accepted: true, bits: '10' });
    assert.equal(await verdict('arp'), { accepted: true, bits: '01' });
    assert.equal(await verdict(''), { accepted: true, bits: '11' });
  });

  test("gives libpcap's message where a filter does not compile", async () => {
    const message = "can't parse filter expression: syntax error";
    assert.equal(await verdict('ip and and'), { accepted: false, message });
  });

  test('truncates what was captured and leaves the length', async () => {
    assert.equal(await verdict('ether[14] = 0x45', { truncate: 14 }), {
      accepted: true,
      bits: '00',
    });
    assert.equal(await verdict('len = 34', { truncate: 14 }), { accepted: true, bits: '10' });
  });

  test("compiles for another link type than the capture's", async () => {
    const dltRaw = 12;
    assert.equal(await verdict('ip', { linkType: dltRaw }), { accepted: true, bits: '00' });
  });

  test('says which capture it cannot read', async () => {
    try {
      await oracleVerdicts([], '/nonexistent');
      assert.unreachable('an unreadable capture was accepted');
    } catch (error) {
      assert.match(String(error), 'status 2');
    }
  });
});
