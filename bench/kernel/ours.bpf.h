/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * Appended to what netcapc emits: the verdict that its hooks reach. In the loop itself, as the hooks have it in the
 * function that captures: another call would be one more than the kernel allows.
 */
static __always_inline bool bench_ours(__u64 skb)
{
	struct netcap_view view;

	view.packet = skb;
	return netcap_verdict(&view);
}

static __always_inline bool bench_verdict(struct bench_packet *packet)
{
	return bench_ours(packet->address);
}

/* Without the loop, for counting instructions: argument 0 is the skb. */
SEC("raw_tp")
int bench_once(const __u64 *context)
{
	return bench_ours(context[0]);
}
