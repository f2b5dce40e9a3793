/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * How many of the packets that match are copied: what spares a busy host, and ends a capture. Each
 * limit is a constant to the verifier, which drops what is not asked for.
 *
 * All hooks and CPUs share one count and one rate, as the user means them; who gets here shares the
 * ring's lock anyway. Kernels before 5.12 have no atomic operation that tells what it found, so a
 * number is looked at first and added to then: programs that do so at the same instant let one
 * packet too many through on each CPU. That of the count is left to the reader, that of the rate is
 * in the sum, and so is made up for.
 */
static __always_inline struct netcap_shared *netcap_get_shared(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&netcap_shared, &zero);
}

/*
 * A token bucket, kept as the time at which the next packet is due if all come evenly: a packet may
 * come too early by the tolerance, and time that nobody used is lost but for that. Of programs that
 * begin anew at the same instant, after a pause, only one may get into the sum.
 */
static __always_inline bool netcap_is_due(struct netcap_shared *shared)
{
	__u64 now = bpf_ktime_get_ns(), due = *(volatile __u64 *)&shared->due;

	if (due > now + netcap_knobs.rate_tolerance)
		return false;
	if (due < now)
		*(volatile __u64 *)&shared->due = now;
	__sync_fetch_and_add(&shared->due, netcap_knobs.rate_interval);
	return true;
}

/* Counts a packet that matched. Whether it is to be copied; if not, that is counted, too. */
static __noinline bool netcap_admit(__u64 hook)
{
	struct netcap_counters *counters = netcap_hook_counters(hook);
	struct netcap_shared *shared;

	if (!counters)
		return false;
	netcap_count(&counters->matched);
	if (!netcap_knobs.count && !netcap_knobs.sample && !netcap_knobs.rate_interval)
		return true;
	shared = netcap_get_shared();
	if (!shared)
		return false;
	if (netcap_knobs.count && shared->written >= netcap_knobs.count) {
		netcap_count(&counters->surplus);
		return false;
	}
	/* One of so many by chance: each Nth may always be the same of a pattern. */
	if (netcap_knobs.sample && (__u64)bpf_get_prandom_u32() * netcap_knobs.sample >> 32) {
		netcap_count(&counters->sampled_out);
		return false;
	}
	if (netcap_knobs.rate_interval && !netcap_is_due(shared)) {
		netcap_count(&counters->limited);
		return false;
	}
	return true;
}

/* Counts a record; whether it is the last that is wanted, or came behind that. */
static __always_inline bool netcap_reaches_count(void)
{
	struct netcap_shared *shared;

	if (!netcap_knobs.count)
		return false;
	shared = netcap_get_shared();
	if (!shared)
		return false;
	netcap_count(&shared->written);
	return *(volatile __u64 *)&shared->written >= netcap_knobs.count;
}
