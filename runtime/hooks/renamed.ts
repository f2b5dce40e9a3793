/**
 * Functions that do the same under different names in different kernels, the oldest name first. From the kernel's
 * history: c504e5c2f964 and 1330b6ef3313 (5.17), ba8de796baf4 (6.11) for kfree_skb; c526fd8f9f4f (5.18) made
 * dev_queue_xmit inline; baebdf48c360 (5.18) did away with netif_rx_ni; 388d31417ce0 (6.13) made napi_gro_receive
 * inline.
 */
const renamed: readonly (readonly string[])[] = [
  ['kfree_skb', 'kfree_skb_reason', 'sk_skb_reason_drop'],
  ['dev_queue_xmit', '__dev_queue_xmit'],
  ['netif_rx_ni', 'netif_rx'],
  ['napi_gro_receive', 'gro_receive_skb'],
];

/** The name that a function goes by in this kernel, if it has another than this one here. */
export function otherName(name: string, exists: (name: string) => boolean): string | undefined {
  const names = renamed.find((each) => each.includes(name)) ?? [];
  return names.toReversed().find((each) => each !== name && exists(each));
}
