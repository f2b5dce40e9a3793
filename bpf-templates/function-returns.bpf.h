/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * At a function's return its arguments are gone: a probe at its entry keeps them. By the address of
 * the stack, which no two calls that are under way share.
 */
struct netcap_entry {
	__u64 packet;
	__u64 payload;
};

/*
 * LRU: a call whose return is missed (more under way than the kernel has room for) is forgotten. The
 * loader makes room where it is needed.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1);
	__type(key, __u64);
	__type(value, struct netcap_entry);
} netcap_entries SEC(".maps");

static __always_inline __u64 netcap_stack(const void *context)
{
	__u64 address;

	asm volatile("%0 = *(u64 *)(%1 + " NETCAP_REGISTER_STACK ")"
		     : "=r"(address)
		     : "r"(context));
	return address;
}

SEC("kprobe")
int netcap_entry(void *context)
{
	__u64 stack = netcap_stack(context);
	struct netcap_entry entry = {
		.packet = netcap_register(context, netcap_knobs.packet_argument),
		.payload = NETCAP_MORE(register, context, netcap_knobs.payload_argument),
	};

	bpf_map_update_elem(&netcap_entries, &stack, &entry, 0);
	return 0;
}

SEC("kprobe")
int netcap_kretprobe(void *context)
{
	__u64 stack = netcap_stack(context) - NETCAP_RETURN_ADDRESS_SIZE, packet;
	struct netcap_entry entry = {}, *kept;

	if (netcap_knobs.packet_argument == NETCAP_RETURNED) {
		asm volatile("%0 = *(u64 *)(%1 + " NETCAP_REGISTER_RETURNED ")"
			     : "=r"(packet)
			     : "r"(context));
		return netcap_capture(packet, 0, 0, 0, netcap_knobs.hook);
	}
	kept = bpf_map_lookup_elem(&netcap_entries, &stack);
	if (!kept)
		return 0;
	entry = *kept;
	bpf_map_delete_elem(&netcap_entries, &stack);
	return netcap_capture(entry.packet, entry.payload, 0, 0, netcap_knobs.hook);
}
