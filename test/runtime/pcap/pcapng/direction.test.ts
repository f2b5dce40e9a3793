import * as assert from 'uvu/assert';
import { recordFlags } from '../../../../runtime/events/flags.js';
import { hookDirection } from '../../../../runtime/pcap/pcapng/direction.js';
import { packetFlags } from '../../../../runtime/pcap/pcapng/packet-flags.js';
import { describe } from '../../../support/suite.js';

describe('hookDirection', (test) => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    inbound: [
      'ip_rcv',
      'net:netif_receive_skb',
      '__netif_receive_skb_core',
      'napi_gro_receive',
      'netif_rx',
      'ip_local_deliver',
      'tcp_v4_rcv',
      '__udp4_lib_rcv',
      'tcp_rcv_established',
      'ip6_input',
      'eth0:ingress',
    ],
    outbound: [
      'ip_output',
      '__ip_finish_output',
      'ip_local_out',
      '__dev_queue_xmit',
      'net:net_dev_queue',
      'net_dev_start_xmit',
      'qdisc:qdisc_enqueue',
      '__tcp_transmit_skb',
      'tcp:tcp_retransmit_skb',
      'eth0:egress',
    ],
    undefined: [
      'kfree_skb',
      'nf_hook_slow',
      'ip_forward',
      'icmp_send',
      'tcp_send_reset',
      'skb_clone',
    ],
  };
  for (const [direction, names] of Object.entries(expected)) {
    test(`${direction} hooks`, () => {
      for (const name of names) assert.is(String(hookDirection(name)), direction, name);
    });
  }
});

describe('packetFlags', (test) => {
  const { received } = recordFlags;
  const type = (value: number) => value << 4;
  const flags = (record: number, direction?: 'inbound' | 'outbound') =>
    packetFlags(record, { direction, isSkb: true });

  test("the hook's direction, and whom a packet that came in is for", () => {
    assert.is(flags(type(0), 'inbound'), 0b001_01);
    assert.is(flags(type(1), 'inbound'), 0b011_01);
    assert.is(flags(type(2), 'inbound'), 0b010_01);
    assert.is(flags(type(3), 'inbound'), 0b100_01);
    assert.is(flags(received | type(2), 'outbound'), 0b10);
  });

  test("the packet's own, where the hook tells none", () => {
    assert.is(flags(0), 0);
    assert.is(flags(received), 0b001_01);
    assert.is(flags(received | type(4)), 0b10);
  });

  test('of what is no skb only the hook tells', () => {
    const options = { direction: undefined, isSkb: false };
    assert.is(packetFlags(received, options), 0);
    assert.is(packetFlags(0, { ...options, direction: 'inbound' }), 1);
  });
});
