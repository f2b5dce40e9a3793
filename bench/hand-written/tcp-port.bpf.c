// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/* tcp port 80 */
#include "skb.bpf.h"

static __always_inline bool has_port(const struct frame *frame, __u32 offset)
{
	const struct tcphdr *tcp = CAST(tcphdr, frame->start + offset);

	if (frame->size < offset + 2)
		return false;
	return tcp->source == htons(80) || (frame->size >= offset + 4 && tcp->dest == htons(80));
}

static __noinline bool bench_filter(__u64 address)
{
	struct frame frame = frame_of(address);
	const struct ethhdr *eth = CAST(ethhdr, frame.start);
	const struct ipv6hdr *ip6 = CAST(ipv6hdr, frame.start + sizeof(*eth));
	const struct iphdr *ip = CAST(iphdr, frame.start + sizeof(*eth));

	if (frame.size < sizeof(*eth) + sizeof(*ip))
		return false;
	if (eth->h_proto == htons(ETH_P_IP)) {
		if (ip->protocol != IPPROTO_TCP || ip->frag_off & htons(IP_OFFSET))
			return false;
		return has_port(&frame, sizeof(*eth) + ip->ihl * 4);
	}
	if (eth->h_proto == htons(ETH_P_IPV6))
		return ip6->nexthdr == IPPROTO_TCP &&
		       has_port(&frame, sizeof(*eth) + sizeof(*ip6));
	return false;
}
