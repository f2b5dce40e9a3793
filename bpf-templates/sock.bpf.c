// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/*
 * Target sock: the hook's packet argument is a struct sock *. The packet is what the socket would
 * send: Ethernet, IPv4 or IPv6, TCP or UDP headers made from the socket's fields, then what the skb
 * of the payload argument holds, if there is one. Kernel 5.10 and later.
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
#include "sock-load.bpf.h"

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
