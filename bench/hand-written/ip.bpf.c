// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/* ip */
#include "skb.bpf.h"

static __noinline bool bench_filter(__u64 address)
{
	struct frame frame = frame_of(address);

	return frame.size >= sizeof(struct ethhdr) &&
	       CAST(ethhdr, frame.start)->h_proto == htons(ETH_P_IP);
}
