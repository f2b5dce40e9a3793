import * as assert from 'uvu/assert';
import { builtInResolver, builtInTables } from '../../../compiler/names/built-in.js';
import { tableResolver } from '../../../compiler/names/resolver.js';
import { joinTables, type NameTables } from '../../../compiler/names/tables.js';
import { describe } from '../../support/suite.js';

const none: NameTables = {
  services: new Map(),
  protocols: new Map(),
  networks: new Map(),
  ethers: new Map(),
};

describe('resolver', (test) => {
  test('services and protocols of everyday are built in, with their aliases', () => {
    const { service, protocol } = builtInResolver;
    assert.equal(service('http'), { tcp: 80 });
    assert.equal(service('www'), { tcp: 80 });
    assert.equal(service('domain'), { tcp: 53, udp: 53 });
    assert.equal(service('ntp'), { udp: 123 });
    assert.is(service('HTTP'), undefined);
    assert.is(protocol('gre'), 47);
    assert.is(protocol('OSPFIGP'), 89);
    assert.is(protocol('Gre'), undefined);
  });

  test('networks and Ethernet hosts tell no case apart', () => {
    const resolver = tableResolver({
      ...none,
      networks: new Map([['lan', 1]]),
      ethers: new Map([['router', [1, 2, 3, 4, 5, 6]]]),
    });
    assert.is(resolver.network('Lan'), 1);
    assert.equal(resolver.ether('ROUTER'), [1, 2, 3, 4, 5, 6]);
  });

  test('hosts are left to the caller, by default to nobody', () => {
    assert.is(builtInResolver.host('example.org'), 'not-asked');
    assert.equal(tableResolver(none, () => ['::1']).host('any'), ['::1']);
  });

  test('joined tables: the first says all there is to say of a name', () => {
    const first = { ...none, services: new Map([['domain', { tcp: 1053 }]]) };
    const { services } = joinTables(first, builtInTables);
    assert.equal(services.get('domain'), { tcp: 1053 });
    assert.equal(services.get('http'), { tcp: 80 });
  });
});
