import * as assert from 'uvu/assert';
import { parseHooks } from '../../../runtime/hooks/spec.js';
import { describe } from '../../support/suite.js';

describe('parseHooks', (test) => {
  /** Hooks without their places. */
  const parse = (text: string) => {
    const parsed = parseHooks(text);
    assert.ok(parsed.ok, text);
    return parsed.ok ? parsed.value.map(({ place: _, ...hook }) => hook) : [];
  };
  /** Each mistake's code and the text that it points at. */
  const mistakes = (text: string) => {
    const parsed = parseHooks(text);
    assert.not(parsed.ok, text);
    return parsed.ok
      ? []
      : parsed.mistakes.map(({ code, place }) => [code, text.slice(place?.start, place?.end)]);
  };

  test('a name alone is a function', () => {
    assert.equal(parse('ip_rcv'), [{ group: 'function', kind: 'function', name: 'ip_rcv' }]);
  });

  test('every kind has its target', () => {
    assert.equal(parse('kprobe:ip_rcv,fentry:ip_rcv,raw_tp:kfree_skb,tp_btf:kfree_skb'), [
      { group: 'function', kind: 'kprobe', name: 'ip_rcv' },
      { group: 'function', kind: 'fentry', name: 'ip_rcv' },
      { group: 'event', kind: 'raw_tp', name: 'kfree_skb' },
      { group: 'event', kind: 'tp_btf', name: 'kfree_skb' },
    ]);
  });

  test('tp is short for tracepoint, and events may name their subsystem', () => {
    assert.equal(parse('tp:net:netif_rx,tracepoint:net:netif_rx,raw_tp:net:netif_rx'), [
      { group: 'event', kind: 'tracepoint', name: 'netif_rx', subsystem: 'net' },
      { group: 'event', kind: 'tracepoint', name: 'netif_rx', subsystem: 'net' },
      { group: 'event', kind: 'raw_tp', name: 'netif_rx', subsystem: 'net' },
    ]);
  });

  test('arguments count from 1', () => {
    assert.equal(parse('ip_local_deliver_finish@3'), [
      { group: 'function', kind: 'function', name: 'ip_local_deliver_finish', argument: 3 },
    ]);
  });

  test('a second argument is for C code', () => {
    assert.equal(parse('ip_rcv@1@2'), [
      { group: 'function', kind: 'function', name: 'ip_rcv', argument: 1, userArgument: 2 },
    ]);
  });

  test('globs, and what to take out of them', () => {
    const exclusions = ['ip_rcv_core', 'ip_?'];
    assert.equal(parse('ip_*, !ip_rcv_core ,kprobe:tcp_v?_rcv,fentry:ip_rcv,!ip_?'), [
      { group: 'function', kind: 'function', name: 'ip_*', exclusions },
      { group: 'function', kind: 'kprobe', name: 'tcp_v?_rcv', exclusions },
      { group: 'function', kind: 'fentry', name: 'ip_rcv' },
    ]);
    assert.equal(parse('*'), [{ group: 'function', kind: 'function', name: '*' }]);
  });

  test('interfaces and their sides', () => {
    assert.equal(parse('tc:br-lan:ingress,tcx:eth0.7:egress,xdp:eth0,xdp:eth0:exit'), [
      { group: 'device', kind: 'tcx', name: 'br-lan', side: 'ingress' },
      { group: 'device', kind: 'tcx', name: 'eth0.7', side: 'egress' },
      { group: 'device', kind: 'xdp', name: 'eth0', side: 'entry' },
      { group: 'device', kind: 'xdp', name: 'eth0', side: 'exit' },
    ]);
  });

  test('spaces around a hook do not matter', () => {
    assert.equal(parse(' ip_rcv , kprobe:foo.isra.0@2 '), [
      { group: 'function', kind: 'function', name: 'ip_rcv' },
      { group: 'function', kind: 'kprobe', name: 'foo.isra.0', argument: 2 },
    ]);
  });

  test('a mistake points at what is wrong', () => {
    assert.equal(mistakes('ip_rcv,kprob:x'), [['hook-kind', 'kprob']]);
    assert.equal(mistakes('constructor:x:y'), [['hook-kind', 'constructor']]);
    assert.equal(mistakes('ip_rcv@0'), [['hook-argument', '0']]);
    assert.equal(mistakes('ip_rcv@2@x'), [['hook-argument', 'x']]);
    assert.equal(mistakes('ip_rcv@2@3@4'), [['hook-argument', 'ip_rcv@2@3@4']]);
    assert.equal(mistakes('tc:eth0'), [['hook-target', 'eth0']]);
    assert.equal(mistakes('tc:eth0:up'), [['hook-target', 'eth0:up']]);
    assert.equal(mistakes('xdp:a/b'), [['hook-name', 'a/b']]);
    assert.equal(mistakes('xdp:eth0@1'), [['hook-argument', 'xdp:eth0@1']]);
    assert.equal(mistakes('ip_*,!ip rcv'), [['hook-name', 'ip rcv']]);
    assert.equal(mistakes('ip_rcv,!ip_*'), [['hook-exclusion', '!ip_*']]);
    assert.equal(mistakes('ip_rcv@13'), [['hook-argument', '13']]);
    assert.equal(mistakes('tp:netif_rx'), [['hook-target', 'netif_rx']]);
    assert.equal(mistakes('kprobe:net:netif_rx'), [['hook-target', 'net:netif_rx']]);
    assert.equal(mistakes('tp:../net:netif_rx'), [['hook-name', '../net']]);
    assert.equal(mistakes('fentry:ip rcv'), [['hook-name', 'ip rcv']]);
    assert.equal(mistakes('tp:a:b:c'), [['hook-target', 'tp:a:b:c']]);
  });

  test('all mistakes are told at once', () => {
    assert.equal(mistakes('x:y:z,,ip_rcv@z'), [
      ['hook-kind', 'x'],
      ['hook-empty', ''],
      ['hook-argument', 'z'],
    ]);
  });

  test('no hook at all is a mistake', () => {
    assert.equal(mistakes(' ')[0]?.[0], 'hook-missing');
  });
});
