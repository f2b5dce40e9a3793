// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/* host 10.0.0.1 and tcp port 80 */
#include "skb.bpf.h"

#define HOST htonl(0x0a000001)

static __noinline bool bench_filter(__u64 address)
{
	struct frame frame = frame_of(address);
	const struct ethhdr *eth = CAST(ethhdr, frame.start);
	const struct iphdr *ip = CAST(iphdr, frame.start + sizeof(*eth));
	const struct tcphdr *tcp;
	__u32 transport;

	if (frame.size < sizeof(*eth) + sizeof(*ip) || eth->h_proto != htons(ETH_P_IP))
		return false;
	if (ip->saddr != HOST && ip->daddr != HOST)
		return false;
	if (ip->protocol != IPPROTO_TCP || ip->frag_off & htons(IP_OFFSET))
		return false;
	transport = sizeof(*eth) + ip->ihl * 4;
	if (frame.size < transport + 2)
		return false;
	tcp = CAST(tcphdr, frame.start + transport);
	return tcp->source == htons(80) || (frame.size >= transport + 4 && tcp->dest == htons(80));
}
