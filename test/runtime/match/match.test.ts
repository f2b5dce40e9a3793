import * as assert from 'uvu/assert';
import type { TargetName } from '../../../compiler/index.js';
import type { MatchPacket } from '../../../runtime/match/layout.js';
import { createMatcher } from '../../../runtime/match/match.js';
import { describe } from '../../support/suite.js';
import { buildObject } from '../objects.js';
import { missingForLoading, missingTools } from '../requirements.js';

const missing = missingForLoading() ?? missingTools('clang');
const macs = '00'.repeat(12);
const ip = '45000020000000004011 0000 0a000001 0a000002';
const udp = '1234 0035 000c 0000 61626364';

const packet = (hex: string, link: MatchPacket['link'] = 'ethernet'): MatchPacket => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return { bytes, length: bytes.length, link };
};
const packets = [
  packet(`${macs} 0800 ${ip} ${udp}`),
  packet(`${macs} 0806 ${ip} ${udp}`),
  packet(`${macs} 8100 0005 0800 ${ip} ${udp}`),
  packet(`${ip} ${udp}`, 'network'),
  packet(`${macs} 0800 ${ip}`),
];

const onEthernet = packets.filter(({ link }) => link === 'ethernet');

describe('createMatcher', (test) => {
  const options = { segments: 1, isVlanInMetadata: false, isWindowForced: false, isTyped: false };
  const verdicts = async (
    expressions: readonly string[],
    changes: Partial<typeof options> = {},
    target: TargetName = 'skb',
    over = packets,
  ) => {
    const objects = await Promise.all(
      expressions.map((expression) => buildObject(expression, target)),
    );
    const matcher = createMatcher(over, { ...options, ...changes });
    try {
      return objects.map((object) => {
        const result = matcher.match(object, 'test');
        if (!result.ok) throw new Error(result.mistakes[0]?.message);
        return result.value.map((matches) => (matches ? '1' : '0')).join('');
      });
    } finally {
      matcher.close();
    }
  };

  test.skipUnless(missing, 'the kernel says which packets match', async () => {
    assert.equal(
      await verdicts(['udp port 53', 'ether[12:2] = 0x8100 and ether[30] = 0x0a', 'arp']),
      ['10010', '00100', '01000'],
    );
  });

  test.skipUnless(missing, 'the reader for old kernels says the same', async () => {
    assert.equal(await verdicts(['udp port 53', 'arp'], { isWindowForced: true }), [
      '10010',
      '01000',
    ]);
  });

  test.skipUnless(
    missing,
    'a tag in the metadata counts, for one object after the other',
    async () => {
      const tagged = 'ether[12:2] = 0x8100 and ether[14:2] = 5';
      assert.equal(await verdicts([tagged, tagged, 'ip'], { isVlanInMetadata: true }), [
        '00100',
        '00100',
        '10011',
      ]);
    },
  );

  for (const segments of [1, 2, 3, 4]) {
    test.skipUnless(missing, `a packet in ${segments} mbufs is one packet`, async () => {
      const expressions = ['udp port 53', 'ether[12:2] = 0x8100 and ether[30] = 0x0a', 'arp'];
      assert.equal(await verdicts(expressions, { segments }, 'mbuf', onEthernet), [
        '1000',
        '0010',
        '0100',
      ]);
    });
  }

  test.skipUnless(missing, 'a socket stands for the packets it sends', async () => {
    const over = packets.filter((_, index) => index === 0 || index === 3);
    const expressions = ['udp port 53', 'src host 10.0.0.2', 'udp[8:4] = 0x61626364'];
    assert.equal(await verdicts(expressions, {}, 'sock', over), ['11', '00', '11']);
  });

  test('what is no object is a mistake of its own', () => {
    const matcher = createMatcher(packets, options);
    const result = matcher.match(Buffer.from('#!/bin/sh\n'), 'run.sh');
    matcher.close();
    assert.is(!result.ok && result.mistakes[0]?.message, 'run.sh is not an ELF file');
  });
});
