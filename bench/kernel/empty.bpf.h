/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* What the loop costs by itself; with BENCH_CALL, with a call in it. */
#ifdef BENCH_CALL
static __noinline
#else
static __always_inline
#endif
bool bench_nothing(__u64 skb)
{
	asm volatile("" : : "r"(skb));
	return true;
}

static __always_inline bool bench_verdict(struct bench_packet *packet)
{
	return bench_nothing(packet->address);
}
