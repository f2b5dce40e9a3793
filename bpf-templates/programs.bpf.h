/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * One program for each kind of hook: it picks the hook's arguments and calls the shared
 * netcap_capture(). The loader loads the one that the hook needs. The targets in the section names
 * are there so that the object also loads as it stands (`bpftool prog loadall`).
 */

/* Which arguments of an event are what; all constants to the verifier. */
#define NETCAP_LOAD(index, offset)                                                           \
	case index:                                                                          \
		asm volatile("%0 = *(u64 *)(%1 + " offset ")" : "=r"(value) : "r"(context)); \
		return value;

/*
 * The verifier wants a load from the context at a constant offset, and in tp_btf and fentry only
 * from arguments that exist. `index` is a constant to it, so it follows one case only; to the
 * compiler it is not, and assembly keeps it from merging the cases into one load at a variable
 * offset.
 */
static __always_inline __u64 netcap_argument(const void *context, __u8 index)
{
	__u64 value;

	switch (index) {
		NETCAP_LOAD(0, "0")
		NETCAP_LOAD(1, "8")
		NETCAP_LOAD(2, "16")
		NETCAP_LOAD(3, "24")
		NETCAP_LOAD(4, "32")
		NETCAP_LOAD(5, "40")
		NETCAP_LOAD(6, "48")
		NETCAP_LOAD(7, "56")
		NETCAP_LOAD(8, "64")
		NETCAP_LOAD(9, "72")
		NETCAP_LOAD(10, "80")
		NETCAP_LOAD(11, "88")
		NETCAP_LOAD(12, "96")
	}
	return 0;
}

/* The same for struct pt_regs: arguments in registers only. */
static __always_inline __u64 netcap_register(const void *context, __u8 index)
{
	__u64 value;

	switch (index) {
		NETCAP_LOAD(0, NETCAP_REGISTER_0)
		NETCAP_LOAD(1, NETCAP_REGISTER_1)
		NETCAP_LOAD(2, NETCAP_REGISTER_2)
		NETCAP_LOAD(3, NETCAP_REGISTER_3)
		NETCAP_LOAD(4, NETCAP_REGISTER_4)
		NETCAP_LOAD(5, NETCAP_REGISTER_5)
	}
	return 0;
}

/*
 * Fields of a tracepoint's event. A helper, because the verifier takes no computed offset into the
 * context; this kind of hook is slow anyway.
 */
static __always_inline __u64 netcap_event_field(const void *context, __u16 offset, __u32 size)
{
	__u64 value = 0;

	if (offset != NETCAP_NO_OFFSET)
		bpf_probe_read_kernel(&value, size, context + offset);
	return value;
}

/*
 * The arguments that few hooks have, by functions of their own: smaller, and slower by a few
 * comparisons. For an argument that is not wanted the verifier drops the call.
 */
static __noinline __u64 netcap_more_argument(const void *context, __u8 index)
{
	return netcap_argument(context, index);
}

static __noinline __u64 netcap_more_register(const void *context, __u8 index)
{
	return netcap_register(context, index);
}

#define NETCAP_MORE(kind, context, index) \
	((index) == NETCAP_NO_ARGUMENT ? 0 : netcap_more_##kind(context, index))

#define NETCAP_CAPTURE(kind, context)                                                        \
	netcap_capture(netcap_##kind(context, netcap_knobs.packet_argument),                 \
		       NETCAP_MORE(kind, context, netcap_knobs.payload_argument),            \
		       NETCAP_MORE(kind, context, netcap_knobs.location_argument),           \
		       NETCAP_MORE(kind, context, netcap_knobs.reason_argument), netcap_knobs.hook)
