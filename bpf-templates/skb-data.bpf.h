/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* What an skb holds: the members that say where it is, and loads from anywhere in it. */

/*
 * Memory as bytes that may be loaded without a helper, for offsets below NETCAP_BYTES_SIZE. Any
 * alignment will do: the verifier is strict about the stack only.
 */
#define NETCAP_CAST(address) \
	((const __u8 *)bpf_rdonly_cast((void *)((address) - NETCAP_BYTES_OFFSET), \
				       netcap_type_id(__kernel_sockaddr_storage)) + \
	 NETCAP_BYTES_OFFSET)

/* A VLAN tag of the metadata goes behind the frame's two addresses. */
#define NETCAP_TAG_OFFSET 12
#define NETCAP_TAG_SIZE 4

/* The members of struct sk_buff that say where the packet is. */
struct netcap_fields {
	__u64 head;
	__u64 data;
	__u32 tail;
	__u32 end;
	__u32 tag; /* as on the wire */
	__u16 protocol;
	__u16 network_header;
	__u16 mac_header;
};

/* In memory the tag's two members are protocol, big-endian, and TCI, host order. */
static __always_inline __u32 netcap_wire_tag(__u16 vlan_proto, __u16 vlan_tci)
{
	return vlan_proto | (__u32)netcap_swap16(vlan_tci) << 16;
}

/* They lie between the tag, or the bit that says that there is one, and data: 80 bytes in 5.10, fewer later. */
#define NETCAP_FIELDS_SIZE 96
#define NETCAP_FIELD(type, field) \
	(*(const type *)(bytes + (netcap_offset_of(sk_buff, field) - start)))

static __always_inline __u64 netcap_fields_start(void)
{
	__u64 start = netcap_offset_of(sk_buff, vlan_proto);

	if (NETCAP_HAS_VLAN_PRESENT && NETCAP_VLAN_PRESENT_OFFSET < start)
		start = NETCAP_VLAN_PRESENT_OFFSET;
	return start & ~7ull;
}

/* A member at its place behind another: where it is, one load gives both. */
#define NETCAP_IS_BEHIND(field, distance, first) \
	(netcap_offset_of(sk_buff, field) == netcap_offset_of(sk_buff, first) + (distance))

/*
 * `bytes` is the skb from `start` on: a cast, or a copy on the stack. Not cast to struct sk_buff,
 * because newer verifiers (seen on 6.18) make pointers, not numbers, of what is loaded from there,
 * and those may not be passed to functions that are verified by themselves. All offsets are
 * constants to the verifier, as 5.10 demands of offsets on the stack. Neighbours are loaded
 * together: through a cast, a load costs eight machine instructions whatever its size.
 */
static __always_inline void netcap_pick_fields(const __u8 *bytes, __u64 start, bool cast,
					       struct netcap_fields *fields)
{
	__u64 both;

	fields->head = NETCAP_FIELD(__u64, head);
	fields->data = NETCAP_FIELD(__u64, data);
	if (cast && NETCAP_IS_BEHIND(end, 4, tail)) {
		both = NETCAP_FIELD(__u64, tail);
		fields->tail = both;
		fields->end = both >> 32;
	} else {
		fields->tail = NETCAP_FIELD(__u32, tail);
		fields->end = NETCAP_FIELD(__u32, end);
	}
	if (cast && NETCAP_IS_BEHIND(network_header, 4, protocol) &&
	    NETCAP_IS_BEHIND(mac_header, 6, protocol)) {
		both = NETCAP_FIELD(__u64, protocol);
		fields->protocol = both;
		fields->network_header = both >> 32;
		fields->mac_header = both >> 48;
	} else {
		fields->protocol = NETCAP_FIELD(__u16, protocol);
		fields->network_header = NETCAP_FIELD(__u16, network_header);
		fields->mac_header = NETCAP_FIELD(__u16, mac_header);
	}
	if (cast && NETCAP_IS_BEHIND(vlan_tci, 2, vlan_proto)) {
		both = NETCAP_FIELD(__u32, vlan_proto);
		fields->tag = netcap_wire_tag(both, both >> 16);
	} else {
		fields->tag = netcap_wire_tag(NETCAP_FIELD(__u16, vlan_proto),
					      NETCAP_FIELD(__u16, vlan_tci));
	}
	if (NETCAP_HAS_VLAN_PRESENT &&
	    !NETCAP_VLAN_PRESENT_BIT(*(const __u8 *)(bytes + (NETCAP_VLAN_PRESENT_OFFSET - start))))
		fields->tag = 0;
}

static __always_inline void netcap_cast_fields(__u64 skb, struct netcap_fields *fields)
{
	__u64 start = netcap_fields_start();

	netcap_pick_fields(NETCAP_CAST(skb + start), start, true, fields);
}

/* `bytes` is room on the stack, of at least NETCAP_FIELDS_SIZE. */
static __always_inline bool netcap_copy_fields(__u64 skb, __u8 *bytes, struct netcap_fields *fields)
{
	__u64 start = netcap_fields_start();
	__u64 size = netcap_offset_of(sk_buff, data) + 8 - start;

	if (size > NETCAP_FIELDS_SIZE)
		size = NETCAP_FIELDS_SIZE;
	if (bpf_probe_read_kernel(bytes, size, (void *)(skb + start)))
		return false;
	netcap_pick_fields(bytes, start, false, fields);
	return true;
}

/* Lengths of an skb: asked for by few filters, and for packets that matched. */
static __noinline __u32 netcap_skb_length(__u64 skb)
{
	__u32 length = 0;

	bpf_probe_read_kernel(&length, 4, (void *)(skb + netcap_offset_of(sk_buff, len)));
	return length;
}

/* Whether it has data that is not in the linear area. */
static __noinline __u32 netcap_skb_is_paged(__u64 skb)
{
	__u32 length = 0;

	bpf_probe_read_kernel(&length, 4, (void *)(skb + netcap_offset_of(sk_buff, data_len)));
	return length != 0;
}

/* Address of `size` bytes, `offset` bytes from the start, or 0 if they are not in one piece. */
static __always_inline __u64 netcap_address(__u64 shared, __u64 start, __u32 linear, __u64 offset,
					    __u32 size)
{
	if (offset + size <= linear)
		return start + offset;
	if (offset < linear)
		return 0;
	return netcap_fragment_bytes(shared, offset - linear, size);
}

/*
 * A big-endian load of 1, 2 or 4 bytes anywhere in the packet. `layout` is the length of the linear
 * area, and above it the tag. Like netcap_fragment_bytes(), these are not static and take numbers
 * only: verified once, not for every load of the filter.
 */
__u64 netcap_far_byte(__u64 shared, __u64 start, __u64 layout, __u64 offset);
__u64 netcap_far_load(__u64 shared, __u64 start, __u64 layout, __u64 offset, __u64 size);

__noinline __u64 netcap_far_byte(__u64 shared, __u64 start, __u64 layout, __u64 offset)
{
	__u32 tag = layout >> 32;
	__u8 byte = 0;

	if (tag && offset >= NETCAP_TAG_OFFSET) {
		if (offset < NETCAP_TAG_OFFSET + NETCAP_TAG_SIZE)
			return tag >> (offset - NETCAP_TAG_OFFSET) * 8 & 0xff;
		offset -= NETCAP_TAG_SIZE;
	}
	bpf_probe_read_kernel(&byte, 1, (void *)netcap_address(shared, start, layout, offset, 1));
	return byte;
}

/* An offset that no packet has. */
#define NETCAP_NOWHERE (1ull << 62)

__noinline __u64 netcap_far_load(__u64 shared, __u64 start, __u64 layout, __u64 offset, __u64 size)
{
	__u64 plain = offset, address, bytes = 0, value = 0, end = offset + size;

	if (layout >> 32)
		plain = offset >= NETCAP_TAG_OFFSET + NETCAP_TAG_SIZE ? offset - NETCAP_TAG_SIZE :
									NETCAP_NOWHERE;
	address = netcap_address(shared, start, layout, plain, size);
	if (address) {
		bpf_probe_read_kernel(&bytes, size & 7, (void *)address);
		return netcap_swap32(bytes) >> (32 - size * 8);
	}
	/* Not in one piece: across the tag, or from one fragment into the next. */
	if (size == 4) {
		value = netcap_far_byte(shared, start, layout, end - 4) << 8;
		value = (value | netcap_far_byte(shared, start, layout, end - 3)) << 8;
	}
	if (size >= 2)
		value = (value | netcap_far_byte(shared, start, layout, end - 2)) << 8;
	return value | netcap_far_byte(shared, start, layout, end - 1);
}

__u64 netcap_far_word(__u64 shared, __u64 start, __u64 layout, __u64 offset);

/* Eight bytes anywhere in the packet. */
__noinline __u64 netcap_far_word(__u64 shared, __u64 start, __u64 layout, __u64 offset)
{
	__u64 high, bytes = 0, address = 0;

	if (!(layout >> 32))
		address = netcap_address(shared, start, layout, offset, 8);
	else if (offset >= NETCAP_TAG_OFFSET + NETCAP_TAG_SIZE)
		address = netcap_address(shared, start, layout, offset - NETCAP_TAG_SIZE, 8);
	if (address) {
		bpf_probe_read_kernel(&bytes, 8, (void *)address);
		return netcap_swap64(bytes);
	}
	high = netcap_far_load(shared, start, layout, offset, 4);
	return high << 32 | netcap_far_load(shared, start, layout, offset + 4, 4);
}

__u64 netcap_far_pair(__u64 shared, __u64 start, __u64 layout, __u64 offset);

/* Two bytes anywhere in the packet as a number, negative if they are not there. */
__noinline __u64 netcap_far_pair(__u64 shared, __u64 start, __u64 layout, __u64 offset)
{
	__u64 end = offset + 2, linear = (__u32)layout;

	if (layout >> 32)
		linear += NETCAP_TAG_SIZE;
	if (end > linear && !netcap_fragment_bytes(shared, end - linear, 0))
		return -1;
	return netcap_far_load(shared, start, layout, offset, 2);
}
