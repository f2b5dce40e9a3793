import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { describe } from './support/suite.js';

/** Hooks see the packets of all namespaces, and two test files run at a time. */
describe('addresses', (test) => {
  test('tests that send on the loopback interface have one each', () => {
    const users = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const text = readFileSync(join('test', name), 'utf8');
        const [, address] = /^const address = '(127\.77\.\d+\.\d+)';$/m.exec(text) ?? [];
        return address === undefined ? [] : [{ name, address }];
      });
    assert.ok(users.length > 5);
    const shared = users.filter(({ name, address }) =>
      users.some((other) => other.address === address && other.name !== name),
    );
    assert.equal(shared, []);
  });
});
