/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * Appended to what netcapc emits: the verdict that its hooks reach. In the loop itself, as the hooks have it in the
 * function that captures: another call would be one more than the kernel allows.
 */
static __always_inline bool bench_verdict(struct bench_packet *packet)
{
	return netcap_verdict(BENCH_SKB(packet));
}

/* Without the loop and as a hook has it, for counting instructions: argument 0 is the skb. */
SEC(BENCH_HOOK)
int bench_once(const __u64 *context)
{
	return netcap_verdict(context[0]);
}
