import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { captureFile, linkTypes } from '../packets/capture.js';
import { whole } from '../packets/packet.js';
import { describe } from '../support/suite.js';
import { type OracleOptions, oracleVerdicts } from './oracle.js';
import { openOracle, type Question } from './stream.js';

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

const sll2 = 276;

async function answers(questions: readonly Question[], secondsPerFilter = 5) {
  const oracle = openOracle({ secondsPerFilter });
  try {
    return await Promise.all(questions.map(oracle.ask));
  } finally {
    await oracle.close();
  }
}

describe('oracle, stream', (test) => {
  test('answers each filter for its own link type and packets, in order', async () => {
    const [first, second, third] = await answers([
      { expression: 'ip', linkType: linkTypes.ethernet, packets },
      { expression: 'ip', linkType: linkTypes.raw, packets: [whole('', ipv4.subarray(14))] },
      { expression: 'inbound', linkType: sll2, packets: [] },
    ]);
    assert.is(first?.kind === 'accepted' && first.bits, '10');
    assert.is(second?.kind === 'accepted' && second.bits, '1');
    assert.is(third?.kind, 'accepted');
  });

  test('gives the program', async () => {
    const [answer] = await answers([{ expression: 'ip proto 7', linkType: 1, packets: [] }]);
    const program = answer?.kind === 'accepted' ? answer.program : [];
    const compare = program.find(({ operand }) => operand === 7);
    assert.equal(compare, { code: 0x15, jumpTrue: 0, jumpFalse: 1, operand: 7 });
  });

  test("gives libpcap's message, and goes on", async () => {
    const [first, second] = await answers([
      { expression: 'inbound', linkType: linkTypes.ethernet, packets },
      { expression: 'arp', linkType: linkTypes.ethernet, packets },
    ]);
    assert.match(first?.kind === 'rejected' ? first.message : '', "'inbound' not supported");
    assert.is(second?.kind === 'accepted' && second.bits, '01');
  });

  test('takes a netmask, and the length on the wire', async () => {
    const broadcast = Uint8Array.from(ipv4);
    broadcast.fill(255, 33, 34);
    const [first, second] = await answers([
      {
        expression: 'ip broadcast',
        linkType: linkTypes.ethernet,
        netmask: 0xffffff00,
        packets: [whole('', broadcast)],
      },
      {
        expression: 'len = 99',
        linkType: linkTypes.ethernet,
        packets: [{ bytes: ipv4, wireLength: 99 }],
      },
    ]);
    assert.is(first?.kind === 'accepted' && first.bits, '1');
    assert.is(second?.kind === 'accepted' && second.bits, '1');
  });

  test('looks no host up in a network', async () => {
    const [answer] = await answers([
      { expression: 'host www.example.org', linkType: linkTypes.ethernet, packets: [] },
    ]);
    assert.is(answer?.kind === 'rejected' && answer.message, "unknown host 'www.example.org'");
  });

  test('has no verdict of what takes too long, and goes on', async () => {
    const slow = Array.from({ length: 200_000 }, () => whole('', arp));
    const filter = Array.from({ length: 20_000 }, () => 'ether[0] = 1').join(' or ');
    const [first, second] = await answers(
      [
        { expression: filter, linkType: linkTypes.ethernet, packets: slow },
        { expression: 'arp', linkType: linkTypes.ethernet, packets },
      ],
      1,
    );
    assert.equal(first, { kind: 'silent', reason: 'time limit of 1 s' });
    assert.is(second?.kind === 'accepted' && second.bits, '01');
  });
});
