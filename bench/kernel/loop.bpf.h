/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * The loop that every candidate runs in: bench_verdict() of one packet after the other, round and round. Appended to a
 * candidate; the candidate's bench_verdict() is the only difference between two of them.
 */
__helper long (*bench_repeat)(__u32 rounds, void *step, void *state, __u64 flags) = (void *)181;

struct bench_state {
	__u32 key;
	__u32 first;
	__u32 end;
	__u32 matched;
};

static long bench_step(__u32 round, struct bench_state *state)
{
	__u32 key = state->key;
	struct bench_packet *packet = bpf_map_lookup_elem(&bench_packets, &key);

	if (!packet)
		return 1;
	key++;
	state->key = key == state->end ? state->first : key;
	state->matched += bench_verdict(packet);
	return 0;
}

/*
 * Argument 0, from its lowest bits: the key of the first packet (8 bits), one more than the key of the last (8 bits), and
 * how many verdicts (above 32 bits). Returns the nanoseconds that they took; for a single one, the verdict.
 */
SEC("raw_tp")
int bench_run(const __u64 *context)
{
	__u32 rounds = context[0] >> 32, first = context[0] & 0xff, end = context[0] >> 8 & 0xff;
	struct bench_state state = { .key = first, .first = first, .end = end };
	__u64 start;

	start = bpf_ktime_get_ns();
	bench_repeat(rounds, bench_step, &state, 0);
	start = bpf_ktime_get_ns() - start;
	return rounds == 1 ? state.matched : start;
}
