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
 * Reader `cast`: plain loads through bpf_rdonly_cast(), no helper. Sees the linear area only.
 * Reader `window`: the first bytes were copied to the stack; what is beyond them is fetched by a
 * subprogram. Sees everything, page fragments and the tag put back included.
 */
#define NETCAP_READER_CAST 0
#define NETCAP_READER_WINDOW 1

/* What the filter reads from. Never in memory: all of it becomes registers and constants. */
struct netcap_packet {
	__u32 reader; /* a constant in each copy of the filter */
	__u32 whole;
	__u32 protocol;
	__u32 size; /* of the window: a constant */
	__u32 near; /* bytes of the window that are packet */
	__u32 pulled; /* bytes in front of skb->data, a tag counts */
	bool beyond; /* a load of reader cast went beyond the linear area */
	bool again; /* too short for the quick filter */
	__u64 skb;
	__u64 start;
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
	if (likely(end <= packet->whole))
		return true;
	if (packet->reader == NETCAP_READER_CAST) {
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
				return swap(*(const __u##bits *)(NETCAP_CAST(packet->start) +  \
								 offset));                     \
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
		return netcap_swap64(*(const __u64 *)(NETCAP_CAST(packet->start) + offset));
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
		return *(const __u32 *)NETCAP_CAST(packet->skb + netcap_offset_of(sk_buff, len)) +
		       packet->pulled;
	return netcap_skb_length(packet->skb) + packet->pulled;
}

static __always_inline __u32 netcap_protocol(const struct netcap_packet *packet)
{
	return packet->protocol;
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

/* What mac_header is before it was set. */
#define NETCAP_UNSET 0xffff

/*
 * Where the packet starts. A network header that equals the MAC header: a device without any. The
 * linear area ends at the tail.
 */
static __always_inline void netcap_look(const struct netcap_fields *fields,
					struct netcap_view *view)
{
	__s64 data = fields->data - fields->head, start = data, linear;

	view->flags = 0;
	view->tag = 0;
	if (fields->mac_header != NETCAP_UNSET && fields->mac_header != fields->network_header &&
	    fields->mac_header <= data) {
		start = fields->mac_header;
		view->flags = NETCAP_RECORD_ETHERNET;
		view->tag = fields->tag;
	} else if (fields->network_header && fields->network_header != NETCAP_UNSET) {
		start = fields->network_header;
	}
	view->start = fields->head + start;
	view->shared = fields->head + fields->end;
	view->length = data - start;
	linear = (__s64)fields->tail - start;
	if (linear < 0)
		linear = 0;
	view->whole = linear;
	view->protocol = netcap_swap16(fields->protocol);
	/* A frame too short to have its addresses has no place for the tag either. */
	if (linear < NETCAP_TAG_OFFSET)
		view->tag = 0;
	if (view->tag) {
		view->flags |= NETCAP_RECORD_VLAN;
		view->length += NETCAP_TAG_SIZE;
		view->whole += NETCAP_TAG_SIZE;
	}
}

static __always_inline __u64 netcap_layout(const struct netcap_view *view)
{
	return (view->tag ? view->whole - NETCAP_TAG_SIZE : view->whole) | (__u64)view->tag << 32;
}

static __always_inline void netcap_open_packet(struct netcap_packet *packet,
					       const struct netcap_view *view)
{
	packet->skb = view->packet;
	packet->whole = view->whole;
	packet->pulled = view->length;
	packet->protocol = view->protocol;
	packet->start = view->start;
	packet->beyond = false;
	packet->again = false;
	packet->shared = view->shared;
	packet->layout = netcap_layout(view);
}

/*
 * The first bytes of the packet, so placed that both 14 and 18, where the header after a MAC header
 * starts, are multiples of 4; as many as the filter asks for. Always all of them: behind the linear
 * area there is the skb's shared info, more than twice as long, so the read stays inside one
 * allocation.
 */
static __always_inline void netcap_open_window(__u8 *window, const struct netcap_view *view)
{
	if (likely(!view->tag)) {
		bpf_probe_read_kernel(window, NETCAP_WINDOW, (void *)view->start);
		return;
	}
	bpf_probe_read_kernel(window + NETCAP_TAG_SIZE, NETCAP_WINDOW - NETCAP_TAG_SIZE,
			      (void *)view->start);
	__builtin_memmove(window, window + NETCAP_TAG_SIZE, NETCAP_TAG_OFFSET);
	__builtin_memcpy(window + NETCAP_TAG_OFFSET, &view->tag, NETCAP_TAG_SIZE);
}

/* Where in an 8-aligned buffer a window starts. */
#define NETCAP_ETHERNET_PLACE 2

/* A window is what is left of a buffer that first has the skb's members. */
#define NETCAP_ROOM \
	(NETCAP_WINDOW + 8 > NETCAP_FIELDS_SIZE ? NETCAP_WINDOW + 8 : NETCAP_FIELDS_SIZE)

/* The verdict over the window, for every packet. *view is complete if it matches. */
static __noinline bool netcap_ask_window(struct netcap_view *view)
{
	__u8 bytes[NETCAP_ROOM] __attribute__((aligned(8)));
	struct netcap_fields fields;
	struct netcap_packet packet;
	bool matched;

	if (!netcap_copy_fields(view->packet, bytes, &fields))
		return false;
	netcap_look(&fields, view);
	netcap_open_packet(&packet, view);
	packet.reader = NETCAP_READER_WINDOW;
	packet.size = NETCAP_WINDOW;
	packet.near = netcap_minimum(packet.whole, NETCAP_WINDOW);
	if (view->flags & NETCAP_RECORD_ETHERNET) {
		packet.window = bytes + NETCAP_ETHERNET_PLACE;
		netcap_open_window(bytes + NETCAP_ETHERNET_PLACE, view);
		matched = netcap_filter_ethernet(&packet);
	} else {
		packet.window = bytes;
		bpf_probe_read_kernel(bytes, NETCAP_WINDOW, (void *)view->start);
		matched = netcap_filter_network(&packet);
	}
	if (matched)
		view->length = netcap_length(&packet);
	return matched;
}

enum netcap_answer { NETCAP_REJECTED, NETCAP_ACCEPTED, NETCAP_UNDECIDED };

/*
 * The verdict through casts, for packets without a tag in the metadata that have what the quick
 * filter asks for in the linear area. *view stays in registers unless the packet is accepted.
 */
static __always_inline enum netcap_answer netcap_ask_quickly(struct netcap_view *view)
{
	struct netcap_view seen = { .packet = view->packet };
	struct netcap_fields fields;
	struct netcap_packet packet;
	bool matched;

	netcap_cast_fields(seen.packet, &fields);
	netcap_look(&fields, &seen);
	if (seen.tag)
		return NETCAP_UNDECIDED;
	netcap_open_packet(&packet, &seen);
	packet.reader = NETCAP_READER_CAST;
	matched = seen.flags & NETCAP_RECORD_ETHERNET ? netcap_quick_ethernet(&packet) :
							netcap_quick_network(&packet);
	if (matched) {
		*view = seen;
		view->length = netcap_length(&packet);
		return NETCAP_ACCEPTED;
	}
	if (packet.again || (packet.beyond && netcap_skb_is_paged(seen.packet)))
		return NETCAP_UNDECIDED;
	return NETCAP_REJECTED;
}

/*
 * Does the packet match? *view is complete if it does. Inlined where it is asked: in the one function
 * that captures for all programs.
 */
static __always_inline bool netcap_verdict(struct netcap_view *view)
{
	enum netcap_answer answer = NETCAP_UNDECIDED;

	if (bpf_rdonly_cast && netcap_knobs.reader != NETCAP_READER_WINDOW)
		answer = netcap_ask_quickly(view);
	return answer == NETCAP_UNDECIDED ? netcap_ask_window(view) : answer == NETCAP_ACCEPTED;
}

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

static __noinline int netcap_capture(__u64 skb, __u64 payload, __u64 location, __u64 reason,
				     __u64 hook)
{
	struct netcap_counters *counters = netcap_hook_counters(hook);
	struct netcap_view view;

	if (counters)
		counters->seen++;
	if (netcap_knobs.packet_kind == NETCAP_PACKET_XDP)
		skb = netcap_skb_of_xdp(skb);
	if (!skb)
		return 0;
	view.packet = skb;
	if (netcap_knobs.interface && !netcap_is_wanted(skb))
		return 0;
	if (!netcap_verdict(&view))
		return 0;
	if (counters)
		netcap_count(&counters->matched);
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
	struct netcap_view view;

	if (!input)
		return 0;
	view.packet = netcap_build(input);
	return netcap_verdict(&view);
}
