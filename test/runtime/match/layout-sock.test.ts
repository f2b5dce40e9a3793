import * as assert from 'uvu/assert';
import { layOutSock } from '../../../runtime/match/layout-sock.js';
import { describe } from '../../support/suite.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const macs = '0102030405060708090a0b0c';
const addresses = '0a000001 0a000002';
const options = { segments: 1, isVlanInMetadata: false };

describe('layOutSock', (test) => {
  const layOut = (text: string, link: 'ethernet' | 'network' = 'ethernet') => {
    const bytes = hex(text);
    return layOutSock({ bytes, length: bytes.length + 100, link }, 0, options);
  };
  /** The packet as the program gets it, and how much its length on the wire has changed. */
  const canonical = (text: string, link?: 'ethernet' | 'network') => {
    const result = layOut(text, link);
    if (!result.ok) throw new Error(result.mistakes[0]?.message);
    const { captured = 0, length = 0, bytes } = result.value.input ?? {};
    const change = length - hex(text).length - 100;
    return [Buffer.from(bytes ?? []).toString('hex', 0, captured), change];
  };
  const code = (text: string) => {
    const result = layOut(text);
    return result.ok ? undefined : result.mistakes[0]?.code;
  };
  const udp = '1000 0035 000c 0000 61626364';
  const ip = (protocol: string) => `45000000 00000000 40${protocol}0000 ${addresses}`;

  test('a plain packet stays as it is, but for its MAC addresses', () => {
    const rest = `0800 ${ip('11')} ${udp}`;
    assert.equal(canonical(`${macs} ${rest}`), [
      hex(`${'00'.repeat(12)} ${rest}`).toString('hex'),
      0,
    ]);
  });

  test('a packet without link header gets one', () => {
    const rest = `${ip('11')} ${udp}`;
    assert.equal(canonical(rest, 'network'), [
      hex(`${'00'.repeat(12)} 0800 ${rest}`).toString('hex'),
      14,
    ]);
  });

  test('options are left out', () => {
    const withOptions = `46000000 00000000 40060000 ${addresses} 01010101`;
    const tcp = '1000 0050 00000000 00000000 60 02 0000 0000 0000 01010101';
    const plainTcp = '1000 0050 00000000 00000000 60 02 0000 0000 0000';
    assert.equal(canonical(`${macs} 0800 ${withOptions} ${tcp} 6162`), [
      hex(
        `${'00'.repeat(12)} 0800 46000000 00000000 40060000 ${addresses} ${plainTcp} 6162`,
      ).toString('hex'),
      -8,
    ]);
  });

  test('other protocols have no transport header', () => {
    const rest = `0800 ${ip('01')} 0800`;
    assert.equal(canonical(`${macs} ${rest}`), [
      hex(`${'00'.repeat(12)} ${rest}`).toString('hex'),
      0,
    ]);
  });

  test('what no socket can hold is refused', () => {
    assert.is(code(`${macs} 0806 0001`), 'packet-not-ip');
    assert.is(code(`${macs} 0800 ${ip('11')} 1000 0035 000c`), 'packet-cut');
    assert.is(code(`${macs} 0800 4500`), 'packet-cut');
    assert.is(code(`${macs} 86dd 60000000 0000 11 40`), 'packet-cut');
  });
});
