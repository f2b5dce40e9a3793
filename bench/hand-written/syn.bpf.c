// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/* tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn */
#include "skb.bpf.h"

static __noinline bool bench_filter(__u64 address)
{
	struct frame frame = frame_of(address);
	const struct ethhdr *eth = CAST(ethhdr, frame.start);
	const struct iphdr *ip = CAST(iphdr, frame.start + sizeof(*eth));
	__u32 transport;

	if (frame.size < sizeof(*eth) + sizeof(*ip) || eth->h_proto != htons(ETH_P_IP))
		return false;
	if (ip->protocol != IPPROTO_TCP || ip->frag_off & htons(IP_OFFSET))
		return false;
	transport = sizeof(*eth) + ip->ihl * 4;
	if (frame.size < transport + 14)
		return false;
	return (CAST(tcphdr, frame.start + transport)->flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
}
