import * as assert from 'uvu/assert';
import { type Suspect, shrink } from '../../fuzz/shrink.js';
import { describe } from '../support/suite.js';

/** Wrong wherever `udp` stands and byte 14 is 7. */
async function isWrong({ text, packet }: Suspect): Promise<boolean> {
  return /\budp\b/.test(text) && packet?.bytes[14] === 7;
}

const packet = { bytes: Uint8Array.from({ length: 60 }, (_, index) => index / 2), wireLength: 900 };

describe('shrinking', (test) => {
  test('leaves only what it takes to fail', async () => {
    const text = 'tcp port 80 or (not (udp and host 10.1.2.3)\tor vlan 0x15)';
    const { text: shortest, packet: least } = await shrink({ text, packet }, isWrong, 1000);
    assert.is(shortest, 'udp');
    assert.equal(least?.bytes, Uint8Array.of(...Array(14).fill(0), 7));
    assert.is(least?.wireLength, 15);
  });

  test('makes numbers small', async () => {
    const keeps = async ({ text }: Suspect) => /^port \S+$/.test(text);
    assert.is((await shrink({ text: 'port 0x1f90' }, keeps, 100)).text, 'port 0');
    const large = async ({ text }: Suspect) => Number(/^port (\S+)$/.exec(text)?.[1]) > 100;
    assert.is((await shrink({ text: 'port 0x1f90' }, large, 100)).text, 'port 8080');
  });

  test('keeps the white space that it takes to fail', async () => {
    const keeps = async ({ text }: Suspect) => text.includes('len-1');
    assert.is((await shrink({ text: 'ip and len-1 = 5' }, keeps, 100)).text, 'len-1');
  });

  test('ends after as many tries as it is given', async () => {
    let tries = 0;
    const never = async () => {
      tries += 1;
      return false;
    };
    const text = 'tcp port 80 or udp port 53';
    assert.is((await shrink({ text, packet }, never, 10)).text, text);
    assert.ok(tries <= 11);
  });
});
