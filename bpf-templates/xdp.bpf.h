/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * Packets that have no skb yet: struct xdp_buff. One is made up for them, with the members that are
 * looked at, so that all that follows need not know.
 */
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct xdp_rxq_info {
	struct net_device *dev;
};

struct xdp_buff {
	void *data;
	void *data_end;
	void *data_hard_start;
	struct xdp_rxq_info *rxq;
	__u32 frame_sz; /* since 5.8 */
};

/* Packets of more than one buffer, 5.18 ("xdp: add frags support to xdp_return_{buff/frame}"). */
struct skb_shared_info___xdp {
	__u32 xdp_frags_size;
};

struct xdp_buff___frags {
	__u32 flags;
};

#pragma clang attribute pop

#define NETCAP_XDP_HAS_FRAGS 1

/* The value of an address that only the verifier knows for what it is, as a plain number. */
static __noinline __u64 netcap_plain_address(const void *pointer)
{
	const void *volatile place = pointer;
	__u64 address = 0;

	bpf_probe_read_kernel(&address, sizeof(address), (const void *)&place);
	return address;
}

/* More than a struct sk_buff of any kernel. */
#define NETCAP_XDP_SKB_SIZE 512

struct netcap_xdp_skb {
	__u8 bytes[NETCAP_XDP_SKB_SIZE];
};

/* One for each CPU: XDP runs where nothing gets in between but what has no packets. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct netcap_xdp_skb);
} netcap_xdp_skbs SEC(".maps");

#define NETCAP_XDP_READ(to, address) bpf_probe_read_kernel(&(to), sizeof(to), (void *)(address))
#define NETCAP_XDP_STORE(type, field, value)                              \
	do {                                                              \
		__u64 offset = netcap_offset_of(sk_buff, field);          \
                                                                          \
		if (offset < NETCAP_XDP_SKB_SIZE - 8)                     \
			*(type *)(skb->bytes + offset) = (value);         \
	} while (false)

/* Bytes that are not in the first buffer. */
static __always_inline __u32 netcap_xdp_more(__u64 xdp, __u64 shared)
{
	__u32 flags = 0, more = 0;

	if (!netcap_field_exists(skb_shared_info___xdp, xdp_frags_size) ||
	    !netcap_field_exists(xdp_buff___frags, flags))
		return 0;
	NETCAP_XDP_READ(flags, xdp + netcap_offset_of(xdp_buff___frags, flags));
	if (flags & NETCAP_XDP_HAS_FRAGS)
		NETCAP_XDP_READ(more, shared + netcap_offset_of(skb_shared_info___xdp,
								xdp_frags_size));
	return more;
}

/* Address of an skb that holds what the xdp_buff does, or 0. Valid until the program ends. */
static __noinline __u64 netcap_skb_of_xdp(__u64 xdp)
{
	__u64 head = 0, data = 0, end = 0, queue = 0, device = 0;
	__u32 zero = 0, size = 0, index = 0, more;
	struct netcap_xdp_skb *skb = bpf_map_lookup_elem(&netcap_xdp_skbs, &zero);
	__u16 type = 0;

	if (!skb || NETCAP_XDP_READ(head, xdp + netcap_offset_of(xdp_buff, data_hard_start)) ||
	    NETCAP_XDP_READ(data, xdp + netcap_offset_of(xdp_buff, data)) ||
	    NETCAP_XDP_READ(end, xdp + netcap_offset_of(xdp_buff, data_end)))
		return 0;
	NETCAP_XDP_READ(size, xdp + netcap_offset_of(xdp_buff, frame_sz));
	NETCAP_XDP_READ(queue, xdp + netcap_offset_of(xdp_buff, rxq));
	NETCAP_XDP_READ(device, queue + netcap_offset_of(xdp_rxq_info, dev));
	NETCAP_XDP_READ(index, device + netcap_offset_of(net_device, ifindex));
	NETCAP_XDP_READ(type, data + NETCAP_TAG_OFFSET);
	/* xdp_get_shared_info_from_buff(). */
	size -= netcap_type_size(skb_shared_info);
	more = netcap_xdp_more(xdp, head + size);
	NETCAP_XDP_STORE(__u64, dev, device);
	NETCAP_XDP_STORE(__u32, skb_iif, index);
	NETCAP_XDP_STORE(__u32, len, end - data + more);
	NETCAP_XDP_STORE(__u32, data_len, more);
	NETCAP_XDP_STORE(__u16, protocol, type);
	NETCAP_XDP_STORE(__u16, mac_header, data - head);
	NETCAP_XDP_STORE(__u16, network_header, data - head + 14);
	NETCAP_XDP_STORE(__u32, tail, end - head);
	NETCAP_XDP_STORE(__u32, end, size);
	NETCAP_XDP_STORE(__u64, head, head);
	NETCAP_XDP_STORE(__u64, data, data);
	return netcap_plain_address(skb);
}
