import * as assert from 'uvu/assert';
import { nearest } from '../../../runtime/hooks/nearest.js';
import { describe } from '../../support/suite.js';

describe('nearest', (test) => {
  const names = ['ip_rcv', 'ip_rcv_core', 'ip6_rcv', 'tcp_v4_rcv', 'kfree_skb'];

  test('two letters that changed places are one error', () => {
    assert.equal(nearest('ip_rvc', names, 1), ['ip_rcv']);
  });

  test('a missing part is forgiven', () => {
    assert.equal(nearest('v4_rcv', names, 1), ['tcp_v4_rcv']);
  });

  test('nothing is suggested for what is like nothing', () => {
    assert.equal(nearest('dev_queue_xmit', names, 3), []);
  });

  test('no more than asked for, and nothing twice', () => {
    assert.equal(nearest('ip_rc', [...names, ...names], 2), ['ip_rcv', 'ip_rcv_core']);
  });
});
