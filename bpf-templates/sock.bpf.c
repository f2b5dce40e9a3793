// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/*
 * Target sock: the hook's packet argument is a struct sock *. The packet is what the socket would
 * send: Ethernet, IPv4 or IPv6, TCP or UDP headers made from the socket's fields, then what the skb
 * of the payload argument holds, if there is one. Kernel 5.10 and later.
 *
 * The headers are never in memory while the filter runs: each load of it becomes the field, or the
 * constant, that stands at its offset.
 */
#include "helpers.bpf.h"
#include "event.h"
#include "kernel.bpf.h"
#include "core-fixes.bpf.h"
#include "x86.bpf.h"
#include "fragments.bpf.h"
#include "skb-data.bpf.h"

char netcap_license[] SEC("license") = "Dual BSD/GPL";

#define NETCAP_COPY_MOST 262144
#define NETCAP_DEFAULT_TRACING "tp_btf/inet_sock_set_state"

#define NETCAP_AF_INET 2
#define NETCAP_AF_INET6 10
#define NETCAP_TCP 6
#define NETCAP_UDP 17
#define NETCAP_TIME_WAIT 6
#define NETCAP_NEW_SYN_RECV 12
#define NETCAP_READER_WINDOW 1

/* Where the network and the transport header start; the transport headers' sizes. */
#define NETCAP_NETWORK 14
#define NETCAP_TRANSPORT4 34
#define NETCAP_TRANSPORT6 54
#define NETCAP_TCP_SIZE 20
#define NETCAP_UDP_SIZE 8
#define NETCAP_HEADERS_SIZE (NETCAP_TRANSPORT6 + NETCAP_TCP_SIZE)
#define NETCAP_HEADERS_ROOM 80

/* What the filter reads from. All of it becomes registers and constants. */
struct netcap_packet {
	__u32 version;   /* 4 or 6, a constant in each copy of the filter */
	__u32 source[4]; /* local; words in host order, IPv4 uses the first */
	__u32 target[4]; /* remote */
	__u16 source_port;
	__u16 target_port;
	__u8 transport;  /* protocol number */
	bool paged;      /* there is payload that is not in the linear area */
	__u32 linear;    /* bytes of payload in the linear area */
	__u32 payload;   /* all bytes of payload */
	__u64 start;     /* address of the payload */
	__u64 shared;    /* address of the payload's shared info */
	__u64 socket;
};

struct netcap_view {
	__u64 packet; /* the sock */
	__u64 location;
	__u64 skb;
	__u64 start;   /* payload: address, shared info, bytes in the linear area */
	__u64 shared;
	__u32 linear;
	__u32 headers; /* bytes of headers, which are in `bytes` */
	__u32 whole;   /* bytes of packet if there are headers only */
	__u32 length;  /* on the wire */
	__u32 interface;
	__u32 reason;
	__u32 hook;
	__u16 protocol;
	__u16 flags;
	__u16 bytes[NETCAP_HEADERS_ROOM / 2] __attribute__((aligned(8)));
};

#include "capture.bpf.h"

static __always_inline __u32 netcap_transport_start(const struct netcap_packet *packet)
{
	return packet->version == 4 ? NETCAP_TRANSPORT4 : NETCAP_TRANSPORT6;
}

static __always_inline __u32 netcap_transport_size(const struct netcap_packet *packet)
{
	if (packet->transport == NETCAP_TCP)
		return NETCAP_TCP_SIZE;
	return packet->transport == NETCAP_UDP ? NETCAP_UDP_SIZE : 0;
}

static __always_inline __u32 netcap_headers(const struct netcap_packet *packet)
{
	return netcap_transport_start(packet) + netcap_transport_size(packet);
}

/* A length field has 16 bits: what is longer, a TCP segment before it is cut up, is capped. */
static __always_inline __u32 netcap_capped(__u32 size)
{
	return netcap_minimum(size, 65535);
}

static __always_inline __u32 netcap_word_half(const __u32 *words, __u32 offset)
{
	return words[offset / 4] >> (offset % 4 ? 0 : 16) & 0xffff;
}

static __always_inline __u32 netcap_half4(const struct netcap_packet *packet, __u32 offset)
{
	switch (offset) {
	case 0:
		return 0x4500;
	case 2:
		return netcap_capped(NETCAP_TRANSPORT4 - NETCAP_NETWORK +
				     netcap_transport_size(packet) + packet->payload);
	case 8: /* time to live 64 */
		return 64 << 8 | packet->transport;
	case 12:
	case 14:
		return netcap_word_half(packet->source, offset - 12);
	case 16:
	case 18:
		return netcap_word_half(packet->target, offset - 16);
	}
	return 0;
}

static __always_inline __u32 netcap_half6(const struct netcap_packet *packet, __u32 offset)
{
	switch (offset) {
	case 0:
		return 0x6000;
	case 2:
		return 0;
	case 4:
		return netcap_capped(netcap_transport_size(packet) + packet->payload);
	case 6: /* hop limit 64 */
		return packet->transport << 8 | 64;
	}
	return offset < 24 ? netcap_word_half(packet->source, offset - 8) :
			     netcap_word_half(packet->target, offset - 24);
}

/* The 16-bit word at an even offset within the headers. */
static __always_inline __u32 netcap_half(const struct netcap_packet *packet, __u32 offset)
{
	__u32 start = netcap_transport_start(packet);

	if (offset < NETCAP_NETWORK - 2)
		return 0;
	if (offset < NETCAP_NETWORK)
		return packet->version == 4 ? 0x0800 : 0x86dd;
	if (offset < start)
		return packet->version == 4 ? netcap_half4(packet, offset - NETCAP_NETWORK) :
					      netcap_half6(packet, offset - NETCAP_NETWORK);
	switch (offset - start) {
	case 0:
		return packet->source_port;
	case 2:
		return packet->target_port;
	case 4: /* UDP: length; TCP: sequence number */
		return packet->transport == NETCAP_UDP ?
			       netcap_capped(NETCAP_UDP_SIZE + packet->payload) :
			       0;
	case 12: /* TCP: data offset 5, no flags */
		return 0x5000;
	}
	return 0;
}

static __always_inline __u32 netcap_byte(const struct netcap_packet *packet, __u32 offset)
{
	return netcap_half(packet, offset & ~1u) >> (offset & 1 ? 0 : 8) & 0xff;
}

/* A load from the headers: halves, which the compiler puts together to the fields they are of. */
static __always_inline __u32 netcap_header(const struct netcap_packet *packet, __u32 offset,
					   __u32 size)
{
	if (size == 1)
		return netcap_byte(packet, offset);
	if (size == 2)
		return offset & 1 ? netcap_byte(packet, offset) << 8 |
					    netcap_byte(packet, offset + 1) :
				    netcap_half(packet, offset);
	return offset & 1 ? netcap_byte(packet, offset) << 24 |
				    netcap_half(packet, offset + 1) << 8 |
				    netcap_byte(packet, offset + 3) :
			    netcap_half(packet, offset) << 16 | netcap_half(packet, offset + 2);
}

/* One byte of a field in memory that is in network order, or, `reversed`, in host order. */
static __always_inline __u32 netcap_field_byte(__u64 address, __u32 index, bool reversed)
{
	__u8 byte = 0;

	bpf_probe_read_kernel(&byte, 1, (void *)(address + (reversed ? index ^ 1 : index)));
	return byte;
}

static __always_inline __u32 netcap_half_byte(__u32 half, __u32 offset)
{
	return half >> (offset & 1 ? 0 : 8) & 0xff;
}

/*
 * The byte at an offset of the headers that is known only at run time: each from the member of the
 * sock that it is of, for writing all headers to the stack first would take more of it than there
 * is.
 */
static __noinline __u32 netcap_header_byte(__u64 socket, __u32 offset, __u32 version,
					   __u32 transport, __u32 payload)
{
	__u32 start = version == 4 ? NETCAP_TRANSPORT4 : NETCAP_TRANSPORT6;
	__u32 size = transport == NETCAP_TCP ? NETCAP_TCP_SIZE :
		     transport == NETCAP_UDP ? NETCAP_UDP_SIZE :
					       0;

	if (offset < NETCAP_NETWORK - 2)
		return 0;
	if (offset < NETCAP_NETWORK)
		return netcap_half_byte(version == 4 ? 0x0800 : 0x86dd, offset);
	if (offset >= start) {
		offset -= start;
		if (offset < 2)
			return netcap_field_byte(
				socket + netcap_offset_of(sock_common, skc_num), offset, true);
		if (offset < 4)
			return netcap_field_byte(
				socket + netcap_offset_of(sock_common, skc_dport) - 2, offset,
				false);
		if (transport == NETCAP_UDP && offset < 6)
			return netcap_half_byte(netcap_capped(NETCAP_UDP_SIZE + payload), offset);
		return transport == NETCAP_TCP && offset == 12 ? 0x50 : 0;
	}
	offset -= NETCAP_NETWORK;
	if (version == 4) {
		if (offset < 1)
			return 0x45;
		if (offset >= 2 && offset < 4)
			return netcap_half_byte(netcap_capped(20 + size + payload), offset);
		if (offset >= 16)
			return netcap_field_byte(
				socket + netcap_offset_of(sock_common, skc_daddr) - 16, offset,
				false);
		if (offset >= 12)
			return netcap_field_byte(
				socket + netcap_offset_of(sock_common, skc_rcv_saddr) - 12, offset,
				false);
		return offset == 8 ? 64 : offset == 9 ? transport : 0;
	}
	if (offset < 1)
		return 0x60;
	if (offset < 4)
		return 0;
	if (offset < 6)
		return netcap_half_byte(netcap_capped(size + payload), offset);
	if (offset < 8)
		return offset == 6 ? transport : 64;
	if (!netcap_field_exists(sock_common, skc_v6_daddr))
		return 0;
	if (offset < 24)
		return netcap_field_byte(
			socket + netcap_offset_of(sock_common, skc_v6_rcv_saddr) - 8, offset, false);
	return netcap_field_byte(socket + netcap_offset_of(sock_common, skc_v6_daddr) - 24, offset,
				 false);
}

/* A load at an offset that is known only at run time, or across the end of the headers. */
static __always_inline __u32 netcap_somewhere(const struct netcap_packet *packet, __u64 offset,
					      __u32 size)
{
	__u32 headers = netcap_headers(packet), value = 0, index;
	__u64 at;

#pragma clang loop unroll(full)
	for (index = 0; index < size; index++) {
		at = offset + index;
		value <<= 8;
		if (at < headers)
			value |= netcap_header_byte(packet->socket, at, packet->version,
						    packet->transport, packet->payload);
		else
			value |= netcap_far_byte(packet->shared, packet->start, packet->linear,
						 at - headers);
	}
	return value;
}

static __always_inline __u32 netcap_payload(const struct netcap_packet *packet, __u64 offset,
					    __u32 size)
{
	return netcap_far_load(packet->shared, packet->start, packet->linear,
			       offset - netcap_headers(packet), size);
}

static __always_inline __u32 netcap_load(const struct netcap_packet *packet, __u32 offset,
					 __u32 size)
{
	__u32 start = netcap_transport_start(packet), end = offset + size;

	if (end <= start ||
	    (packet->transport == NETCAP_TCP && end <= start + NETCAP_TCP_SIZE) ||
	    (packet->transport == NETCAP_UDP && end <= start + NETCAP_UDP_SIZE))
		return netcap_header(packet, offset, size);
	if (offset >= netcap_headers(packet))
		return netcap_payload(packet, offset, size);
	return netcap_somewhere(packet, offset, size);
}

/* An index that comes from the synthesised headers, as most do, is a constant after inlining. */
static __always_inline __u32 netcap_load_at(const struct netcap_packet *packet, __u32 index,
					    __u32 offset, __u32 size)
{
	__u64 at = (__u64)index + offset;

	if (__builtin_constant_p(at))
		return netcap_load(packet, at, size);
	if (at >= netcap_headers(packet))
		return netcap_payload(packet, at, size);
	return netcap_somewhere(packet, at, size);
}

static __always_inline bool netcap_has(const struct netcap_packet *packet, __u64 end)
{
	__u32 start = netcap_transport_start(packet);
	__u64 whole;

	if (end <= start || (packet->transport == NETCAP_TCP && end <= start + NETCAP_TCP_SIZE) ||
	    (packet->transport == NETCAP_UDP && end <= start + NETCAP_UDP_SIZE))
		return true;
	whole = (__u64)netcap_headers(packet) + packet->linear;
	if (end <= whole)
		return true;
	return packet->paged && netcap_fragment_bytes(packet->shared, end - whole, 0) != 0;
}

static __always_inline __u32 netcap_u8(const struct netcap_packet *packet, __u32 offset)
{
	return netcap_load(packet, offset, 1);
}

static __always_inline __u32 netcap_u16(const struct netcap_packet *packet, __u32 offset)
{
	return netcap_load(packet, offset, 2);
}

static __always_inline __u32 netcap_u32(const struct netcap_packet *packet, __u32 offset)
{
	return netcap_load(packet, offset, 4);
}

static __always_inline __u32 netcap_u8_at(const struct netcap_packet *packet, __u32 index,
					  __u32 offset)
{
	return netcap_load_at(packet, index, offset, 1);
}

static __always_inline __u32 netcap_u16_at(const struct netcap_packet *packet, __u32 index,
					   __u32 offset)
{
	return netcap_load_at(packet, index, offset, 2);
}

static __always_inline __u32 netcap_u32_at(const struct netcap_packet *packet, __u32 index,
					   __u32 offset)
{
	return netcap_load_at(packet, index, offset, 4);
}

#define netcap_u8_behind netcap_u8_at
#define netcap_u16_behind netcap_u16_at
#define netcap_u32_behind netcap_u32_at

#include "wide-load.bpf.h"

/*
 * Two bytes at a place known only at run time, negative if they are not there; one way through. Only
 * chains of IP headers ask, and what of those is not synthesised is payload.
 */
static __always_inline __s64 netcap_pair(const struct netcap_packet *packet, __u64 place)
{
	__u32 headers = netcap_headers(packet);

	if (place < headers)
		return -1;
	return netcap_far_pair(packet->shared, packet->start, packet->linear, place - headers);
}

static __always_inline __u32 netcap_length(const struct netcap_packet *packet)
{
	return netcap_headers(packet) + packet->payload;
}

/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	return true;
}
/* @netcap:end */

/* From the start of the sock to the end of skc_v6_rcv_saddr: 88 bytes. */
#define NETCAP_SOCK_SIZE 96
#define NETCAP_SOCK_FIELD(type, field) \
	(*(const type *)(bytes + netcap_offset_of(sock_common, field)))
#define NETCAP_SOCK_WORD(field, index) \
	netcap_swap32(*(const __u32 *)(bytes + netcap_offset_of(sock_common, field) + (index) * 4))

/* ::ffff:a.b.c.d, which is IPv4 on the wire; the IPv4 members are set then, too. */
static __always_inline bool netcap_is_mapped(const __u32 *words)
{
	return !(words[0] | words[1]) && words[2] == 0xffff;
}

static __always_inline void netcap_pick_socket(const __u8 *bytes, struct netcap_packet *packet)
{
	__u32 family = NETCAP_SOCK_FIELD(__u16, skc_family), index;

	packet->version = family == NETCAP_AF_INET ? 4 : 0;
	/* A kernel built without IPv6 does not have the members. */
	if (family == NETCAP_AF_INET6 && netcap_field_exists(sock_common, skc_v6_daddr)) {
		packet->version = 6;
#pragma clang loop unroll(full)
		for (index = 0; index < 4; index++) {
			packet->source[index] = NETCAP_SOCK_WORD(skc_v6_rcv_saddr, index);
			packet->target[index] = NETCAP_SOCK_WORD(skc_v6_daddr, index);
		}
		if (netcap_is_mapped(packet->source) || netcap_is_mapped(packet->target))
			packet->version = 4;
	}
	if (packet->version == 4) {
		packet->source[0] = NETCAP_SOCK_WORD(skc_rcv_saddr, 0);
		packet->target[0] = NETCAP_SOCK_WORD(skc_daddr, 0);
	}
	packet->source_port = NETCAP_SOCK_FIELD(__u16, skc_num);
	packet->target_port = netcap_swap16(NETCAP_SOCK_FIELD(__u16, skc_dport));
	/*
	 * Request and time-wait sockets are TCP's, and end before sk_protocol. The field has 16
	 * bits for MPTCP, 262, whose low 8 are TCP's.
	 */
	packet->transport = 0;
	if (NETCAP_SOCK_FIELD(__u8, skc_state) == NETCAP_TIME_WAIT ||
	    NETCAP_SOCK_FIELD(__u8, skc_state) == NETCAP_NEW_SYN_RECV)
		packet->transport = NETCAP_TCP;
}

/* `bytes` is room on the stack, of at least NETCAP_FIELDS_SIZE. */
static __always_inline bool netcap_read_socket(__u64 socket, __u64 skb, __u8 *bytes,
					       struct netcap_packet *packet)
{
	bool cast = bpf_rdonly_cast && netcap_knobs.reader != NETCAP_READER_WINDOW;
	__u64 place = socket + netcap_offset_of(sock, sk_protocol), size;
	struct netcap_fields fields;
	const __u8 *from = bytes;
	__u16 protocol;

	if (cast) {
		from = NETCAP_CAST(socket);
	} else {
		size = netcap_offset_of(sock_common, skc_v6_rcv_saddr) + 16;
		if (!netcap_field_exists(sock_common, skc_v6_rcv_saddr) || size > NETCAP_SOCK_SIZE)
			size = NETCAP_SOCK_SIZE;
		if (bpf_probe_read_kernel(bytes, size, (void *)socket))
			return false;
	}
	netcap_pick_socket(from, packet);
	if (!packet->transport) {
		if (cast)
			protocol = *(const __u16 *)NETCAP_CAST(place);
		else if (bpf_probe_read_kernel(&protocol, 2, (void *)place))
			return false;
		packet->transport = protocol;
	}
	packet->socket = socket;
	packet->linear = 0;
	packet->payload = 0;
	packet->paged = false;
	packet->start = 0;
	packet->shared = 0;
	if (skb) {
		if (bpf_probe_read_kernel(bytes, 4, (void *)(skb + netcap_offset_of(sk_buff, len))))
			return false;
		packet->payload = *(const __u32 *)bytes;
		if (cast)
			netcap_load_fields(netcap_cast_skb(skb), &fields);
		else if (!netcap_copy_fields(skb, bytes, &fields))
			return false;
		packet->start = fields.head + fields.data;
		packet->shared = fields.head + fields.end;
		if (fields.tail > fields.data)
			packet->linear = fields.tail - fields.data;
		packet->paged = packet->payload > packet->linear;
	}
	return packet->version != 0;
}

/* Does the packet match? Not inlined: the filter is here, once for each version of IP. */
static __noinline bool netcap_verdict(__u64 socket, __u64 skb)
{
	__u8 bytes[NETCAP_FIELDS_SIZE] __attribute__((aligned(8)));
	struct netcap_packet packet = {};

	if (!netcap_read_socket(socket, skb, bytes, &packet))
		return false;
	if (packet.version == 4) {
		packet.version = 4;
		return netcap_filter_ethernet(&packet);
	}
	packet.version = 6;
	return netcap_filter_ethernet(&packet);
}

static __always_inline void netcap_write_headers(__u16 *to, const struct netcap_packet *packet)
{
	__u32 index, half;

	__builtin_memset(to, 0, NETCAP_HEADERS_ROOM);
#pragma clang loop unroll(full)
	for (index = 0; index < NETCAP_HEADERS_SIZE / 2; index++) {
		half = netcap_half(packet, index * 2);
		if (!__builtin_constant_p(half) || half)
			to[index] = netcap_swap16(half);
	}
}

/* Fills in all of the view but what the hook tells. */
static __noinline bool netcap_describe(struct netcap_view *view)
{
	__u8 bytes[NETCAP_FIELDS_SIZE] __attribute__((aligned(8)));
	struct netcap_packet packet = {};

	if (!netcap_read_socket(view->packet, view->skb, bytes, &packet))
		return false;
	view->start = packet.start;
	view->shared = packet.shared;
	view->linear = packet.linear;
	view->headers = netcap_headers(&packet);
	view->length = netcap_length(&packet);
	view->whole = packet.payload ? 0 : view->length;
	view->flags = NETCAP_RECORD_ETHERNET;
	if (packet.version == 4) {
		packet.version = 4;
		view->protocol = 0x0800;
		netcap_write_headers(view->bytes, &packet);
	} else {
		packet.version = 6;
		view->protocol = 0x86dd;
		netcap_write_headers(view->bytes, &packet);
	}
	return true;
}

static __always_inline bool netcap_is_listed(const struct netcap_view *view)
{
	return netcap_frag_list(view->shared) != 0;
}

static __always_inline void netcap_copy(struct netcap_record *record, __u64 capacity,
					const struct netcap_view *view, bool split)
{
	__u8 *to = (__u8 *)(record + 1);
	__u64 size = netcap_minimum(record->length, view->headers), position;

	/* Both bounds are never exceeded; the verifier wants them. */
	netcap_opaque(size);
	if (size > NETCAP_HEADERS_SIZE || size > capacity ||
	    bpf_probe_read_kernel(to, size, view->bytes))
		return;
	record->captured = size;
	if (!split)
		return;
	position = size;
	size = netcap_minimum(record->length - position, (__u64)view->linear);
	netcap_opaque(size);
	if (size > capacity || bpf_probe_read_kernel(to + position, size, (void *)view->start))
		return;
	record->captured = position + size;
	record->captured = netcap_copy_fragments(record, capacity, view->shared);
	if (capacity >= NETCAP_LISTED_CAPACITY)
		record->captured = netcap_copy_list(record, capacity, view->shared,
						    position + view->linear);
}

static __always_inline __u32 netcap_interface(__u64 socket)
{
	__u32 index = 0;

	bpf_probe_read_kernel(&index, 4,
			      (void *)(socket + netcap_offset_of(sock_common, skc_bound_dev_if)));
	return index;
}

/* Apart from netcap_capture(), so that the view is not on the stack while the filter runs. */
static __noinline int netcap_record_socket(__u64 socket, __u64 skb, __u64 location, __u64 reason,
					   __u64 hook)
{
	struct netcap_counters *counters;
	struct netcap_view view;

	view.packet = socket;
	view.skb = skb;
	view.location = location;
	view.reason = reason;
	view.hook = hook;
	view.interface = netcap_interface(socket);
	if (netcap_describe(&view))
		return netcap_emit(&view);
	counters = netcap_hook_counters(hook);
	if (counters)
		netcap_count(&counters->read_failed);
	return 0;
}

/* Apart, for the stack of netcap_capture(): what it calls needs the most of 512 bytes. */
static __noinline int netcap_count_seen(__u64 hook)
{
	struct netcap_counters *counters = netcap_hook_counters(hook);

	if (counters)
		counters->seen++;
	return 0;
}

static __noinline int netcap_capture(__u64 socket, __u64 skb, __u64 location, __u64 reason,
				     __u64 hook)
{
	netcap_count_seen(hook);
	if (!socket)
		return 0;
	if (netcap_knobs.interface &&
	    (netcap_interface(socket) != netcap_knobs.interface ||
	     netcap_network(socket + netcap_offset_of(sock_common, skc_net)) !=
		     netcap_knobs.network))
		return 0;
	if (!netcap_verdict(socket, skb) || !netcap_admit(hook))
		return 0;
	return netcap_record_socket(socket, skb, location, reason, hook);
}

#include "programs.bpf.h"
#include "kernel-programs.bpf.h"

/* The parts of the scratch space. */
#define NETCAP_SCRATCH_SKB 1024
#define NETCAP_SCRATCH_SHARED 1280
#define NETCAP_STORE(place, structure, field, type, value) \
	(*(type *)(input->scratch + (place) + netcap_offset_of(structure, field)) = (value))
#define NETCAP_INPUT(type, offset) (*(const type *)(input->bytes + (offset)))

static __always_inline void netcap_store_address(struct netcap_input *input, __u64 place,
						 __u64 offset)
{
	__builtin_memcpy(input->scratch + place, input->bytes + offset, 16);
}

/*
 * For BPF_PROG_TEST_RUN: argument 0 is the key of a packet in netcap_packets, in the form that this
 * target gives to packets. Takes it apart into a sock and a payload's skb and returns the verdict
 * that a hook would reach.
 */
SEC("raw_tp")
int netcap_match(const __u64 *context)
{
	__u32 key = context[0];
	struct netcap_input *input = bpf_map_lookup_elem(&netcap_packets, &key);
	__u32 headers;
	__u8 transport;

	if (!input)
		return 0;
	if (NETCAP_INPUT(__u16, 12) == netcap_swap16(0x0800)) {
		NETCAP_STORE(0, sock_common, skc_family, __u16, NETCAP_AF_INET);
		NETCAP_STORE(0, sock_common, skc_rcv_saddr, __u32,
			     NETCAP_INPUT(__u16, 26) | (__u32)NETCAP_INPUT(__u16, 28) << 16);
		NETCAP_STORE(0, sock_common, skc_daddr, __u32,
			     NETCAP_INPUT(__u16, 30) | (__u32)NETCAP_INPUT(__u16, 32) << 16);
		transport = input->bytes[23];
		headers = NETCAP_TRANSPORT4;
	} else {
		NETCAP_STORE(0, sock_common, skc_family, __u16, NETCAP_AF_INET6);
		netcap_store_address(input, netcap_offset_of(sock_common, skc_v6_rcv_saddr), 22);
		netcap_store_address(input, netcap_offset_of(sock_common, skc_v6_daddr), 38);
		transport = input->bytes[20];
		headers = NETCAP_TRANSPORT6;
	}
	NETCAP_STORE(0, sock, sk_protocol, __u16, transport);
	if (transport == NETCAP_TCP || transport == NETCAP_UDP) {
		NETCAP_STORE(0, sock_common, skc_num, __u16,
			     netcap_swap16(NETCAP_INPUT(__u16, headers)));
		NETCAP_STORE(0, sock_common, skc_dport, __u16, NETCAP_INPUT(__u16, headers + 2));
		headers += transport == NETCAP_TCP ? NETCAP_TCP_SIZE : NETCAP_UDP_SIZE;
	}
	NETCAP_STORE(NETCAP_SCRATCH_SKB, sk_buff, head, __u64,
		     (__u64)input->scratch + NETCAP_SCRATCH_SHARED);
	NETCAP_STORE(NETCAP_SCRATCH_SKB, sk_buff, data, __u64, (__u64)input->bytes + headers);
	NETCAP_STORE(NETCAP_SCRATCH_SKB, sk_buff, tail, __u32,
		     (__u64)input->bytes + input->captured -
			     ((__u64)input->scratch + NETCAP_SCRATCH_SHARED));
	NETCAP_STORE(NETCAP_SCRATCH_SKB, sk_buff, len, __u32, input->length - headers);
	/* What was not captured is in fragments, of which there are none. */
	NETCAP_STORE(NETCAP_SCRATCH_SKB, sk_buff, data_len, __u32,
		     input->length - input->captured);
	return netcap_verdict((__u64)input->scratch, (__u64)input->scratch + NETCAP_SCRATCH_SKB);
}
