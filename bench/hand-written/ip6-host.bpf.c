// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/* ip6 host 2001:db8::1 */
#include "skb.bpf.h"

static __always_inline bool is_host(const __u32 *address)
{
	return address[0] == htonl(0x20010db8) && address[1] == 0 && address[2] == 0 &&
	       address[3] == htonl(1);
}

static __noinline bool bench_filter(__u64 address)
{
	struct frame frame = frame_of(address);
	const struct ethhdr *eth = CAST(ethhdr, frame.start);
	const struct ipv6hdr *ip6 = CAST(ipv6hdr, frame.start + sizeof(*eth));

	if (frame.size < sizeof(*eth) + sizeof(*ip6) || eth->h_proto != htons(ETH_P_IPV6))
		return false;
	return is_host(ip6->saddr) || is_host(ip6->daddr);
}
