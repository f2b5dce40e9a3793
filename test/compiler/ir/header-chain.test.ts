import * as assert from 'uvu/assert';
import { findInChain } from '../../../compiler/ir/header-chain.js';
import { describe } from '../../support/suite.js';

const tcp = 6;
const authentication = 51;
const destination = 60;

/** An IPv6 header and what follows it. */
function ip6(next: number, ...following: readonly (readonly number[])[]): Uint8Array {
  const header = new Uint8Array(40);
  header[0] = 0x60;
  header[6] = next;
  return Uint8Array.from([...header, ...following.flat()]);
}

/** An extension header of 8 bytes. */
function short(next: number): readonly number[] {
  return [next, 0, 0, 0, 0, 0, 0, 0];
}

/** An Authentication header of so many words beyond its first two (RFC 4302). */
function authenticated(next: number, words: number): readonly number[] {
  return [next, words, ...new Array<number>(words * 4 + 6).fill(0)];
}

describe('chains of IP headers', (test) => {
  const find = (bytes: Uint8Array, protocol = tcp, family: 'ip' | 'ip6' = 'ip6') =>
    findInChain({ kind: 'header-chain', family, offset: 0, protocol }, bytes);

  test('the first header counts, and what stands behind others', () => {
    assert.is(find(ip6(tcp)), true);
    assert.is(find(ip6(destination, short(0), short(tcp))), true);
    assert.is(find(ip6(destination, short(0), short(17))), false);
    assert.is(find(ip6(destination, short(0), short(17)), destination), true);
  });

  // libpcap forgets where the Authentication header itself was: the one difference on purpose.
  test('what is behind an Authentication header is found, at its length in words of four', () => {
    assert.is(find(ip6(authentication, authenticated(destination, 4), short(tcp))), true);
    assert.is(find(ip6(destination, short(authentication), authenticated(tcp, 1))), true);
  });

  test('over IPv4 only Authentication headers chain', () => {
    const header = (next: number) => {
      const bytes = new Array<number>(20).fill(0);
      bytes[0] = 0x45;
      bytes[9] = next;
      return bytes;
    };
    const behind = (next: number, ...following: readonly number[]) =>
      Uint8Array.from([...header(next), ...following]);
    assert.is(find(behind(authentication, ...authenticated(tcp, 4)), tcp, 'ip'), true);
    assert.is(find(behind(destination, ...short(tcp)), tcp, 'ip'), false);
  });

  test('a packet that ends inside its chain is rejected, and a chain of more than 64', () => {
    assert.is(find(ip6(destination, [tcp])), undefined);
    assert.is(find(ip6(destination)), undefined);
    const chain = (headers: number) => {
      const next = [...new Array<number>(headers - 1).fill(destination), tcp];
      return ip6(destination, ...next.map(short));
    };
    assert.is(find(chain(64)), true);
    assert.is(find(chain(65)), undefined);
  });
});
