/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * What the filter loads from the packet of a sock: headers that are nowhere in memory, of which each
 * load becomes the field, or the constant, that stands at its offset, and the payload behind them.
 */

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
