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
	__s64 data; /* from head, as the others */
	__u32 tail;
	__u32 end;
	__u32 tag; /* protocol, and TCI above it, as they are in memory; 0: none */
	__u16 protocol;
	__u16 network_header;
	__u16 mac_header;
};

/* A tag as on the wire. In memory the protocol is so already, and the TCI is in host order. */
static __always_inline __u32 netcap_wire_tag(__u32 tag)
{
	return (__u16)tag | (__u32)netcap_swap16(tag >> 16) << 16;
}

/*
 * They lie between the tag, or the bit that says that there is one, and data: 80 bytes in 5.10,
 * fewer later.
 */
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

/* An skb's address as a pointer to it that loads may go through. */
static __always_inline const struct sk_buff *netcap_cast_skb(__u64 skb)
{
	return bpf_rdonly_cast((void *)skb, netcap_type_id(sk_buff));
}

/*
 * A member between loads of the packet's bytes. Volatile: the compiler makes one instruction of two
 * loads where ways meet, and the verifier wants the same kind of pointer in it always.
 */
#define NETCAP_MEMBER(skb, member) (*(const volatile typeof((skb)->member) *)&(skb)->member)

/* The tag in the metadata, as in struct netcap_fields. */
static __always_inline __u32 netcap_tag(const struct sk_buff *skb)
{
	if (!NETCAP_HAS_VLAN_PRESENT)
		return ((const struct sk_buff___vlan_all *)skb)->vlan_all;
	if (likely(!NETCAP_VLAN_PRESENT_BIT(*((const __u8 *)skb + NETCAP_VLAN_PRESENT_OFFSET))))
		return 0;
	return skb->vlan_proto | (__u32)skb->vlan_tci << 16;
}

/*
 * Newer verifiers (seen on 6.18) make a pointer, not a number, of the `head` that they find in a
 * struct sk_buff, and those may not be passed to functions that are verified by themselves. From
 * bytes it is a number.
 */
static __always_inline __u64 netcap_head(const struct sk_buff *skb)
{
	if (bpf_rdonly_cast)
		return *(const __u64 *)NETCAP_CAST((__u64)skb + netcap_offset_of(sk_buff, head));
	return (__u64)skb->head;
}

static __always_inline void netcap_load_fields(const struct sk_buff *skb,
					       struct netcap_fields *fields)
{
	fields->head = netcap_head(skb);
	fields->data = skb->data - skb->head;
	fields->tail = skb->tail;
	fields->end = skb->end;
	fields->protocol = skb->protocol;
	fields->network_header = skb->network_header;
	fields->mac_header = skb->mac_header;
	fields->tag = netcap_tag(skb);
}

/*
 * The same by a helper, into room on the stack of at least NETCAP_FIELDS_SIZE. All offsets are
 * constants to the verifier, as 5.10 demands of offsets on the stack.
 */
static __always_inline bool netcap_copy_fields(__u64 skb, __u8 *bytes, struct netcap_fields *fields)
{
	__u64 start = netcap_fields_start();
	__u64 size = netcap_offset_of(sk_buff, data) + 8 - start;
	bool copied;

	if (size > NETCAP_FIELDS_SIZE)
		size = NETCAP_FIELDS_SIZE;
	/* What it cannot read it clears. */
	copied = !bpf_probe_read_kernel(bytes, size, (void *)(skb + start));
	fields->head = NETCAP_FIELD(__u64, head);
	fields->data = NETCAP_FIELD(__u64, data) - fields->head;
	fields->tail = NETCAP_FIELD(__u32, tail);
	fields->end = NETCAP_FIELD(__u32, end);
	fields->protocol = NETCAP_FIELD(__u16, protocol);
	fields->network_header = NETCAP_FIELD(__u16, network_header);
	fields->mac_header = NETCAP_FIELD(__u16, mac_header);
	fields->tag = NETCAP_FIELD(__u16, vlan_proto) |
		      (__u32)NETCAP_FIELD(__u16, vlan_tci) << 16;
	if (NETCAP_HAS_VLAN_PRESENT &&
	    !NETCAP_VLAN_PRESENT_BIT(*(const __u8 *)(bytes + (NETCAP_VLAN_PRESENT_OFFSET - start))))
		fields->tag = 0;
	return copied;
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
