import * as assert from 'uvu/assert';
import { askedNames } from '../../compiler/asked-names.js';
import { describe } from '../support/suite.js';

function asked(...filters: readonly string[]): readonly string[] {
  const { tables, hosts } = askedNames(filters);
  return [...[...tables].toSorted(), ...[...hosts].toSorted()];
}

describe('asked names', (test) => {
  test('numbers and addresses ask for nothing', () => {
    assert.equal(asked('tcp port 80 and host 10.1.2.3 or host \\::1', 'portrange 80-90', ''), []);
  });

  test('each kind of name asks for its table', () => {
    assert.equal(asked('port http'), ['services']);
    assert.equal(asked('portrange 80-http-alt or portrange 80-https'), ['services']);
    assert.equal(asked('ip proto gre'), ['protocols']);
    assert.equal(asked('ether proto lldp'), []);
    assert.equal(asked('net loopback'), ['networks']);
    assert.equal(asked('ether src router'), ['ethers']);
    assert.equal(asked('gateway router'), ['ethers', 'router']);
  });

  test('qualifiers are inherited: a bare name may be a host or a port', () => {
    assert.equal(asked('src host a or (b and not c) and tcp port d or e'), [
      'services',
      'a',
      'b',
      'c',
    ]);
  });

  test('all filters count, and those with mistakes as far as they can be read', () => {
    assert.equal(asked('host a', 'host b and port 70000', 'host c and and'), ['a', 'b']);
  });
});
