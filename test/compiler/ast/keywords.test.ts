import * as assert from 'uvu/assert';
import { didYouMean } from '../../../compiler/ast/keywords.js';
import { describe } from '../../support/suite.js';

describe('did you mean', (test) => {
  test('one letter more, less, other or out of place', () => {
    assert.is(didYouMean('portt'), "did you mean 'port'?");
    assert.is(didYouMean('prt'), "did you mean 'port'?");
    assert.is(didYouMean('hozt'), "did you mean 'host'?");
    assert.is(didYouMean('hsot'), "did you mean 'host'?");
    assert.is(didYouMean('prot'), "did you mean 'port' or 'proto'?");
  });

  test('capitals, and the words of other tools', () => {
    assert.is(didYouMean('OR'), "did you mean 'or'?");
    assert.is(didYouMean('ipv6'), "did you mean 'ip6'?");
  });

  test('nothing for keywords, and for words that are far from any', () => {
    for (const word of ['tcp', 'host', 'a', 'go', 'www.example.org', 'constructor', 'toString'])
      assert.is(didYouMean(word), undefined, word);
  });
});
