import * as assert from 'uvu/assert';
import {
  parseEthers,
  parseNetworks,
  parseProtocols,
  parseServices,
} from '../../../compiler/names/parse-files.js';
import { describe } from '../../support/suite.js';

describe('files of names', (test) => {
  test('services have ports over TCP, UDP or both, and aliases of their own line', () => {
    const services = parseServices(`# name port/protocol aliases
      both   11/tcp  tcp-alias   # comment
      both   11/udp
      differ\t12/tcp
      differ\t13/udp
      other  14/sctp
      other  15/ddp
    `);
    assert.equal(Object.fromEntries(services), {
      both: { tcp: 11, udp: 11 },
      'tcp-alias': { tcp: 11 },
      differ: { tcp: 12, udp: 13 },
    });
  });

  test('of two services of a name and a protocol the first counts', () => {
    const services = parseServices('a 1/tcp b\nb 2/tcp\nb 3/udp\n');
    assert.equal(services.get('b'), { tcp: 1, udp: 3 });
  });

  test('lines that are no services are passed over', () => {
    const text =
      'name\nname 80\nname /tcp\nname 80x/tcp\nname 0x50/tcp\nname 70000/tcp\n#name 80/tcp\n';
    assert.is(parseServices(text).size, 0);
    assert.equal(parseServices(`${text}zero 0/tcp\r\n`).get('zero'), { tcp: 0 });
  });

  test('protocols tell case apart', () => {
    const protocols = parseProtocols('tcp 6 TCP # transmission control\nfoo x FOO\nlarge 262\n');
    assert.equal([...protocols].toSorted(), [
      ['TCP', 6],
      ['large', 262],
      ['tcp', 6],
    ]);
  });

  test('networks have up to four parts, numbers as in C, and no case', () => {
    const networks = parseNetworks(
      'whole 10.1.2.3\nShort 10.1 Alias\nten 10\nocto 010.1\nhexa 0x0a.0xB\nbad 10.256\nworse 1.2.3.4.5\nword a.b\n',
    );
    assert.equal(Object.fromEntries(networks), {
      hexa: 0x0a0b_0000,
      octo: 0x0801_0000,
      ten: 0x0a00_0000,
      short: 0x0a01_0000,
      alias: 0x0a01_0000,
      whole: 0x0a01_0203,
    });
  });

  test('Ethernet hosts have six bytes between colons, one name, and no case', () => {
    const ethers = parseEthers(
      '00:11:22:33:44:5f Router second\n0:1:2:3:4:5 short\n' +
        '00-11-22-33-44-55 dashes\n1:2:3:4:5 five\n1:2:3:4:5:6:7 seven\n100:2:3:4:5:6 large\n' +
        '1:2:3:4:5:6 short\n',
    );
    assert.equal(Object.fromEntries(ethers), {
      router: [0, 0x11, 0x22, 0x33, 0x44, 0x5f],
      short: [0, 1, 2, 3, 4, 5],
    });
  });
});
