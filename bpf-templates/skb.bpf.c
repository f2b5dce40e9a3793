// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/*
 * Target skb: the hook's packet argument is a struct sk_buff *. Kernel 5.10 and later.
 *
 * netcap_capture()   cheap knobs, then
 *   netcap_verdict()   where the packet starts, and the filter, over one of two readers
 *   netcap_emit()      a record in the ring, for a packet that matched
 */
#include "helpers.bpf.h"
#include "event.h"
#include "kernel.bpf.h"
#include "core-fixes.bpf.h"
#include "x86.bpf.h"
#include "fragments.bpf.h"
#include "skb-data.bpf.h"
#include "xdp.bpf.h"

char netcap_license[] SEC("license") = "Dual BSD/GPL";

#define NETCAP_COPY_MOST 262144
#define NETCAP_DEFAULT_TRACING "tp_btf/kfree_skb"

/* Where a packet starts and how far it reaches, and what its record says about it. */
struct netcap_view {
	__u64 packet; /* the skb */
	__u64 location;
	__u64 start;    /* address of the first byte */
	__u64 shared;   /* address of the skb's shared info, which knows the fragments */
	__u32 whole;    /* bytes in the linear area, from start; a tag in the metadata counts */
	__u32 length;   /* on the wire */
	__u32 interface;
	__u32 reason;
	__u32 hook;
	__u32 tag;      /* VLAN tag of the metadata, as on the wire; belongs at offset 12 */
	__u16 protocol; /* host order */
	__u16 flags;
};

#include "capture.bpf.h"

/*
 * The skb as a pointer that loads may go through. The hook's own argument, where it is a struct
 * sk_buff * to the verifier: it trusts that of tp_btf (since 6.2), and loads are plain ones; before
 * those of fentry, and of a cast, the kernel's compiler puts a check of the address.
 */
#define NETCAP_IS_TYPED (netcap_knobs.packet_kind == NETCAP_PACKET_TYPED)

static __always_inline const struct sk_buff *netcap_skb(__u64 skb)
{
	return NETCAP_IS_TYPED ? (const struct sk_buff *)skb : netcap_cast_skb(skb);
}

/*
 * Reader `cast`: plain loads through bpf_rdonly_cast(), no helper. Sees the linear area only.
 * Reader `window`: the first bytes were copied to the stack; what is beyond them is fetched by a
 * subprogram. Sees everything, page fragments and the tag put back included.
 */
#define NETCAP_READER_CAST 0
#define NETCAP_READER_WINDOW 1

/* What the filter reads from. Never in memory: all of it becomes registers and constants. */
struct netcap_packet {
	__u32 reader; /* a constant in each copy of the filter */
	__s64 whole; /* negative: it starts behind its tail */
	__u32 protocol;
	__u32 size; /* of the window: a constant */
	__u32 near; /* bytes of the window that are packet */
	__u32 pulled; /* bytes in front of skb->data, a tag counts */
	bool linear; /* a constant: the filter sees the linear area only */
	bool beyond; /* a load went beyond it */
	bool again; /* too short for the quick filter */
	__u64 skb;
	const struct sk_buff *members; /* the skb, for reader cast */
	__u64 start;
	const __u8 *bytes; /* reader cast: its first NETCAP_BYTES_SIZE bytes */
	const __u8 *window;
	__u64 shared;
	__u64 layout; /* see netcap_far_load() */
};

static __always_inline __u32 netcap_far(const struct netcap_packet *packet, __u64 offset,
					__u32 size)
{
	return netcap_far_load(packet->shared, packet->start, packet->layout, offset, size);
}

static __always_inline bool netcap_has(const struct netcap_packet *packet, __u64 end)
{
	if (likely((__s64)end <= packet->whole))
		return true;
	if (packet->linear) {
		/* Rejected for now; netcap_verdict() asks again if there is more to read. */
		((struct netcap_packet *)packet)->beyond = true;
		return false;
	}
	return netcap_skb_is_paged(packet->skb) &&
	       netcap_fragment_bytes(packet->shared, end - packet->whole, 0) != 0;
}

/* The quick filter leaves the packet to the other. */
static __always_inline bool netcap_ask_again(const struct netcap_packet *packet)
{
	((struct netcap_packet *)packet)->again = true;
	return false;
}

/*
 * Loads at a constant offset. The cast reader's may be misaligned: it is kernel memory on a machine
 * that can do so. The window is on the stack, where the verifier is strict: memcpy has the compiler
 * split what is not aligned.
 */
#define NETCAP_DEFINE_LOAD(bits, swap)                                                         \
	static __always_inline __u32 netcap_u##bits(const struct netcap_packet *packet,        \
						    __u32 offset)                              \
	{                                                                                      \
		__u##bits value;                                                               \
                                                                                               \
		if (packet->reader == NETCAP_READER_CAST) {                                    \
			if (offset + sizeof(value) <= NETCAP_BYTES_SIZE)                       \
				return swap(*(const __u##bits *)(packet->bytes + offset));     \
			return swap(*(const __u##bits *)NETCAP_CAST(packet->start + offset));  \
		}                                                                              \
		if (offset + sizeof(value) > packet->size ||                                   \
		    unlikely(offset + sizeof(value) > packet->near))                           \
			return netcap_far(packet, offset, sizeof(value));                              \
		__builtin_memcpy(&value, packet->window + offset, sizeof(value));              \
		return swap(value);                                                            \
	}                                                                                      \
                                                                                               \
	static __always_inline __u32 netcap_u##bits##_at(const struct netcap_packet *packet,   \
							 __u32 index, __u32 offset)            \
	{                                                                                      \
		if (packet->reader == NETCAP_READER_CAST)                                      \
			return swap(*(const __u##bits *)NETCAP_CAST(packet->start + index +    \
								    offset));                  \
		/* 5.10 has no stack reads at a variable offset: the usual one, made constant. */ \
		if (NETCAP_USUAL_INDEX + offset + sizeof(__u##bits) <= packet->size &&         \
		    likely(index == NETCAP_USUAL_INDEX &&                                      \
			   NETCAP_USUAL_INDEX + offset + sizeof(__u##bits) <= packet->near)) { \
			__u##bits value;                                                       \
                                                                                               \
			__builtin_memcpy(&value, packet->window + NETCAP_USUAL_INDEX + offset, \
					 sizeof(value));                                       \
			return swap(value);                                                    \
		}                                                                              \
		return netcap_far(packet, (__u64)index + offset, sizeof(__u##bits));           \
	}                                                                                      \
                                                                                               \
	/* For an index that is never the usual one: nothing here for the verifier to learn. */ \
	static __always_inline __u32 netcap_u##bits##_behind(const struct netcap_packet *packet, \
							     __u32 index, __u32 offset)        \
	{                                                                                      \
		if (packet->reader == NETCAP_READER_CAST)                                      \
			return swap(*(const __u##bits *)NETCAP_CAST(packet->start + index +    \
								    offset));                  \
		return netcap_far(packet, (__u64)index + offset, sizeof(__u##bits));           \
	}

/* Length of an IPv4 header without options. */
#define NETCAP_USUAL_INDEX 20
#define NETCAP_SAME(value) (value)

NETCAP_DEFINE_LOAD(8, NETCAP_SAME)
NETCAP_DEFINE_LOAD(16, netcap_swap16)
NETCAP_DEFINE_LOAD(32, netcap_swap32)

static __always_inline __u64 netcap_cast_u64(const struct netcap_packet *packet, __u64 place)
{
	return netcap_swap64(*(const __u64 *)NETCAP_CAST(packet->start + place));
}

static __always_inline __u64 netcap_far_u64(const struct netcap_packet *packet, __u64 place)
{
	return netcap_far_word(packet->shared, packet->start, packet->layout, place);
}

/* Eight bytes. From the window as two loads of four, which more places are aligned for. */
static __always_inline __u64 netcap_u64(const struct netcap_packet *packet, __u32 offset)
{
	if (packet->reader == NETCAP_READER_CAST && offset + 8 <= NETCAP_BYTES_SIZE)
		return netcap_swap64(*(const __u64 *)(packet->bytes + offset));
	if (packet->reader == NETCAP_READER_CAST)
		return netcap_cast_u64(packet, offset);
	if (offset + 8 > packet->size || unlikely(offset + 8 > packet->near))
		return netcap_far_u64(packet, offset);
	return (__u64)netcap_u32(packet, offset) << 32 | netcap_u32(packet, offset + 4);
}

static __always_inline __u64 netcap_u64_behind(const struct netcap_packet *packet, __u32 index,
					       __u32 offset)
{
	return packet->reader == NETCAP_READER_CAST ?
		       netcap_cast_u64(packet, (__u64)index + offset) :
		       netcap_far_u64(packet, (__u64)index + offset);
}

static __always_inline __u64 netcap_u64_at(const struct netcap_packet *packet, __u32 index,
					   __u32 offset)
{
	if (packet->reader != NETCAP_READER_CAST && index == NETCAP_USUAL_INDEX)
		return netcap_u64(packet, NETCAP_USUAL_INDEX + offset);
	return netcap_u64_behind(packet, index, offset);
}

/* Two bytes at a place known only at run time, negative if they are not there; one way through. */
static __always_inline __s64 netcap_pair(const struct netcap_packet *packet, __u64 place)
{
	if (packet->reader != NETCAP_READER_CAST)
		return netcap_far_pair(packet->shared, packet->start, packet->layout, place);
	if (!netcap_has(packet, place + 2))
		return -1;
	return netcap_swap16(*(const __u16 *)NETCAP_CAST(packet->start + place));
}

static __always_inline __u32 netcap_length(const struct netcap_packet *packet)
{
	if (packet->reader == NETCAP_READER_CAST)
		return NETCAP_MEMBER(packet->members, len) + packet->pulled;
	return netcap_skb_length(packet->skb) + packet->pulled;
}

static __always_inline __u32 netcap_protocol(const struct netcap_packet *packet)
{
	__u32 protocol = packet->protocol;

	if (packet->reader == NETCAP_READER_CAST)
		protocol = netcap_swap16(NETCAP_MEMBER(packet->members, protocol));
	/* Apart from a frame's EtherType: one test for both takes more instructions. */
	netcap_opaque(protocol);
	return protocol;
}

#include "device.bpf.h"

/* @netcap:filter */
#define NETCAP_WINDOW 128

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	return true;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	return true;
}

#define netcap_quick_ethernet netcap_filter_ethernet
#define netcap_quick_network netcap_filter_network
/* @netcap:end */

#include "skb-verdict.bpf.h"

static __always_inline bool netcap_is_listed(const struct netcap_view *view)
{
	return netcap_frag_list(view->shared) != 0;
}

static __always_inline void netcap_copy(struct netcap_record *record, __u64 capacity,
					const struct netcap_view *view, bool split)
{
	__u64 size = netcap_minimum(record->length, view->whole);
	__u64 start = view->start, room = capacity;
	__u8 *to = (__u8 *)(record + 1);
	__u32 before = 0;

	if (view->tag) {
		/* Every class has room for a frame's addresses and the tag. */
		before = NETCAP_TAG_OFFSET + NETCAP_TAG_SIZE;
		if (bpf_probe_read_kernel(to, NETCAP_TAG_OFFSET, (void *)start))
			return;
		*(__u32 *)(to + NETCAP_TAG_OFFSET) = view->tag;
		if (size <= before) {
			record->captured = size;
			return;
		}
		size -= before;
		room -= before;
		to += before;
		start += NETCAP_TAG_OFFSET;
	}
	netcap_opaque(size);
	/* Never so, but the verifier wants a bound. */
	if (size > room || bpf_probe_read_kernel(to, size, (void *)start))
		return;
	record->captured = before + size;
	if (split) {
		record->captured = netcap_copy_fragments(record, capacity, view->shared);
		if (capacity >= NETCAP_LISTED_CAPACITY)
			record->captured =
				netcap_copy_list(record, capacity, view->shared, view->whole);
	}
}

/* Not inlined: what is on the stack of netcap_capture() is missing in the filter's. */
static __noinline __u32 netcap_interface(__u64 skb)
{
	__u64 device = 0;
	__u32 index = 0;

	bpf_probe_read_kernel(&device, 8, (void *)(skb + netcap_offset_of(sk_buff, dev)));
	if (device)
		bpf_probe_read_kernel(&index, 4,
				      (void *)(device + netcap_offset_of(net_device, ifindex)));
	return index;
}

/* Where the skb comes from and whom it is for, as flags of a record. */
static __noinline __u32 netcap_origin(__u64 skb)
{
	__u32 received = 0;
	__u8 byte = 0;

	bpf_probe_read_kernel(&received, 4, (void *)(skb + netcap_offset_of(sk_buff, skb_iif)));
	bpf_probe_read_kernel(&byte, 1, (void *)(skb + NETCAP_PKT_TYPE_OFFSET));
	return (received ? NETCAP_RECORD_RECEIVED : 0) |
	       NETCAP_PKT_TYPE_BITS(byte) << NETCAP_RECORD_TYPE_SHIFT;
}

/* Is the skb on the interface that the knobs name? Index and namespace: each counts its own. */
static __noinline bool netcap_is_wanted(__u64 skb)
{
	__u64 device = 0;

	if (netcap_interface(skb) != netcap_knobs.interface)
		return false;
	bpf_probe_read_kernel(&device, 8, (void *)(skb + netcap_offset_of(sk_buff, dev)));
	return netcap_network(device + netcap_offset_of(net_device, nd_net)) == netcap_knobs.network;
}

/*
 * Whether the hook has no packet. From 6.2 on, until 6.13 ("bpf: Mark raw_tp arguments with
 * PTR_MAYBE_NULL") and stable versions with that, verifiers take it for certain that arguments of
 * tp_btf are there, wrongly for some events (qdisc_dequeue), and drop the plain test; of half an
 * address they know nothing.
 */
static __always_inline bool netcap_is_missing(__u64 skb)
{
	__u32 half;

	asm volatile("%0 = %1" : "=w"(half) : "w"((__u32)skb));
	return !skb || (unlikely(!half) && !netcap_plain_address((const void *)skb));
}

static __noinline int netcap_capture(__u64 skb, __u64 payload, __u64 location, __u64 reason,
				     __u64 hook)
{
	struct netcap_counters *counters = netcap_hook_counters(hook);
	struct netcap_view view;

	if (counters)
		counters->seen++;
	if (netcap_knobs.packet_kind == NETCAP_PACKET_XDP)
		skb = netcap_skb_of_xdp(skb);
	if (netcap_is_missing(skb))
		return 0;
	view.packet = skb;
	if (netcap_knobs.interface && !netcap_is_wanted(skb))
		return 0;
	if (!netcap_verdict(skb) || !netcap_admit(hook))
		return 0;
	netcap_describe(&view);
	if (netcap_knobs.packet_kind == NETCAP_PACKET_XDP)
		view.packet = view.start; /* the skb is nothing to know it by */
	view.location = location;
	view.reason = reason;
	view.hook = hook;
	view.interface = netcap_interface(skb);
	view.flags |= netcap_origin(skb);
	netcap_emit(&view);
	return 0;
}

#include "programs.bpf.h"
#include "kernel-programs.bpf.h"
#include "device-programs.bpf.h"

#define NETCAP_STORE(type, field, value) \
	(*(type *)(input->scratch + netcap_offset_of(sk_buff, field)) = (value))

/* Half of the scratch space is the sk_buff; the rest, all zero, its shared info. */
#define NETCAP_SCRATCH_HALF (sizeof_member(netcap_input, scratch) / 2)

/* Apart from netcap_match(), so that what it needs of the stack is free when the filter runs. */
static __noinline __u64 netcap_build(struct netcap_input *input)
{
	__u64 head = (__u64)input->scratch + NETCAP_SCRATCH_HALF, pull = 0;

	if (input->link & NETCAP_INPUT_VLAN) {
		NETCAP_STORE(__u16, vlan_proto, *(__u16 *)(input->bytes + 12));
		NETCAP_STORE(__u16, vlan_tci, netcap_swap16(*(__u16 *)(input->bytes + 14)));
		if (NETCAP_HAS_VLAN_PRESENT)
			input->scratch[NETCAP_VLAN_PRESENT_OFFSET] |= NETCAP_VLAN_PRESENT_MASK;
		__builtin_memmove(input->bytes + NETCAP_TAG_SIZE, input->bytes, NETCAP_TAG_OFFSET);
		pull = NETCAP_TAG_SIZE;
	}
	NETCAP_STORE(__u64, head, head);
	NETCAP_STORE(__u64, data, (__u64)input->bytes + pull);
	NETCAP_STORE(__u32, end, 0);
	NETCAP_STORE(__u32, len, input->length - pull);
	NETCAP_STORE(__u32, tail, NETCAP_SCRATCH_HALF + input->captured);
	/* What was not captured is in fragments, of which there are none. */
	NETCAP_STORE(__u32, data_len, input->length - input->captured);
	NETCAP_STORE(__u16, protocol, netcap_swap16(input->protocol));
	if (input->link & NETCAP_INPUT_NETWORK) {
		NETCAP_STORE(__u16, network_header, NETCAP_SCRATCH_HALF);
		NETCAP_STORE(__u16, mac_header, NETCAP_UNSET);
	} else {
		NETCAP_STORE(__u16, network_header, NETCAP_SCRATCH_HALF * 2);
		NETCAP_STORE(__u16, mac_header, NETCAP_SCRATCH_HALF + pull);
	}
	return (__u64)input->scratch;
}

/*
 * For BPF_PROG_TEST_RUN: argument 0 is the key of a packet in netcap_packets. Builds an skb for it
 * and returns the verdict that a hook would reach.
 */
SEC("raw_tp")
int netcap_match(const __u64 *context)
{
	__u32 key = context[0];
	struct netcap_input *input = bpf_map_lookup_elem(&netcap_packets, &key);

	return input ? netcap_verdict(netcap_build(input)) : 0;
}
