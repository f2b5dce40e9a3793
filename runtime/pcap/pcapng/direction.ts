/** Which way a packet goes, as seen from the machine. */
export type Direction = 'inbound' | 'outbound';

/** Words in the names of functions and events that stand on one side of the network stack only. */
const inbound = /(^|[_:])(rcv|receive|rx|gro|deliver|input|ingress)(_|$)/;
const outbound = /(^|[_:])(xmit|transmit|retransmit|tx|output|out|egress|qdisc|net_dev_queue)(_|$)/;

/**
 * The direction that the packets of a hook have because of where it is: kernel functions are named by it. Undefined
 * where packets of both directions come by, or where the name does not tell.
 */
export function hookDirection(name: string): Direction | undefined {
  const isInbound = inbound.test(name);
  if (isInbound === outbound.test(name)) return undefined;
  return isInbound ? 'inbound' : 'outbound';
}
