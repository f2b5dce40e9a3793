/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * One program for many functions (kprobe.multi, or a kprobe for each), whose arguments differ. What
 * is a constant elsewhere comes from a number that user space made for each function: byte 0 is the
 * index of the packet's argument, 1 the payload's, 2 the location's, 3 the reason's; the upper half
 * is the hook.
 */
#define NETCAP_UNKNOWN_FUNCTION (~0ull)

/* Where there are no cookies, before 5.15: by the instruction at which the function is probed. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u64);
	__type(value, __u64);
} netcap_functions SEC(".maps");

static __always_inline __u64 netcap_function(void *context)
{
	__u64 address, *function;

	if (netcap_has_helper(get_attach_cookie))
		return bpf_get_attach_cookie(context);
	asm volatile("%0 = *(u64 *)(%1 + " NETCAP_REGISTER_INSTRUCTION ")"
		     : "=r"(address)
		     : "r"(context));
	address -= NETCAP_BREAKPOINT_SIZE;
	function = bpf_map_lookup_elem(&netcap_functions, &address);
	return function ? *function : NETCAP_UNKNOWN_FUNCTION;
}

/*
 * 0, which the verifier does not know: what it knows of an argument, or that there is none, makes a
 * path of its own through all that follows.
 */
static __always_inline __u64 netcap_unknown_zero(const void *context)
{
	__u64 zero, same;

	asm volatile("%0 = *(u64 *)(%2 + " NETCAP_REGISTER_0 ")\n\t"
		     "%1 = %0\n\t"
		     "%0 -= %1"
		     : "=&r"(zero), "=&r"(same)
		     : "r"(context));
	return zero;
}

static __noinline __u64 netcap_function_argument(const void *context, __u8 index)
{
	return netcap_register(context, index) + netcap_unknown_zero(context);
}

SEC("kprobe")
int netcap_kprobe_many(void *context)
{
	__u64 function = netcap_function(context);

	return netcap_capture(netcap_function_argument(context, function),
			      netcap_function_argument(context, function >> 8),
			      netcap_function_argument(context, function >> 16),
			      netcap_function_argument(context, function >> 24), function >> 32);
}
