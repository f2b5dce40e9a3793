// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/* Makes the skb of the packet whose key is argument 0; its bytes and lengths are there. */
#define BENCH_ETHERNET_HEADER 14

SEC("raw_tp")
int bench_prepare(const __u64 *context)
{
	__u32 key = context[0];
	struct bench_packet *packet = bpf_map_lookup_elem(&bench_packets, &key);
	struct sk_buff___bench *skb;

	if (!packet)
		return 1;
	skb = (void *)packet->skb;
	packet->address = (__u64)packet->skb;
	skb->head = packet->head;
	skb->data = packet->bytes;
	skb->tail = BENCH_HEADROOM + packet->captured;
	skb->end = BENCH_HEADROOM + BENCH_ROOM;
	skb->len = packet->length;
	skb->data_len = packet->length - packet->captured;
	skb->protocol = *(__u16 *)(packet->bytes + 12);
	skb->mac_header = BENCH_HEADROOM;
	skb->network_header = BENCH_HEADROOM + BENCH_ETHERNET_HEADER;
	return 0;
}
