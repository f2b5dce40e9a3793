// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/*
 * Target mbuf: the hook's packet argument is a struct rte_mbuf * of DPDK, in the memory of the
 * process that runs. What the kernel would have to page in cannot be read. Kernel 5.10 and later.
 */
#include "helpers.bpf.h"
#include "event.h"
#include "x86.bpf.h"

char netcap_license[] SEC("license") = "Dual BSD/GPL";

#define NETCAP_COPY_MOST 262144

/* DPDK 20.11 and later, unless built without enable_iova_as_pa. */
const volatile struct netcap_mbuf_layout netcap_mbuf_layout SEC(".rodata.layout") = {
	.buf_addr = 0,
	.data_off = 16,
	.nb_segs = 20,
	.pkt_len = 36,
	.data_len = 40,
	.next = 64,
};

struct netcap_view {
	__u64 packet; /* the mbuf */
	__u64 location;
	__u64 start;  /* address of the first segment's bytes */
	__u32 whole;  /* bytes in the first segment */
	__u32 length; /* pkt_len */
	__u32 interface;
	__u32 reason;
	__u32 hook;
	__u32 segments;
	__u16 protocol;
	__u16 flags;
};

#include "capture.bpf.h"

/* An mbuf is two cache lines, and one read of it is cheaper than one of each member. */
#define NETCAP_MBUF_SIZE 128
#define NETCAP_MBUF(type, member) (*(const type *)(bytes + netcap_mbuf_layout.member))

/* More segments than this are not followed. */
#define NETCAP_SEGMENTS 64

#define NETCAP_WINDOW 128

/*
 * A round of a loop over segments ends with NETCAP_STEP: 5.10 refuses a loop in which the way back
 * to its first instruction is no jump ("back-edge"), so all that a round changes is changed before
 * the test that ends it.
 */
#define NETCAP_STEP(mbuf, index, variable)                                         \
	do {                                                                       \
		index++;                                                           \
		asm volatile("" : "+r"(mbuf), "+r"(index), "+r"(variable));        \
	} while (false)

/*
 * Address of `size` bytes, `offset` bytes into the packet. 0 if they are not there, or not all in
 * one segment. Size 0 asks whether the packet reaches as far as `offset`. Not static, so that it is
 * verified once, by itself, instead of once for each path that leads to a call.
 */
__u64 netcap_segment_bytes(__u64 mbuf, __u64 offset, __u64 size);

/* A member of an mbuf, for who has no room on the stack for all of it. */
#define NETCAP_READ_MBUF(to, mbuf, member) \
	bpf_probe_read_user(&(to), sizeof(to), (void *)((mbuf) + netcap_mbuf_layout.member))

__noinline __u64 netcap_segment_bytes(__u64 mbuf, __u64 offset, __u64 size)
{
	__u64 index = 0, buffer, next;
	__u16 length, start;

	do {
		if (unlikely(NETCAP_READ_MBUF(length, mbuf, data_len)))
			break;
		if (unlikely(offset + size <= length)) {
			NETCAP_READ_MBUF(buffer, mbuf, buf_addr);
			NETCAP_READ_MBUF(start, mbuf, data_off);
			return buffer + start + offset;
		}
		if (unlikely(offset < length) || unlikely(NETCAP_READ_MBUF(next, mbuf, next)))
			break;
		offset -= length;
		mbuf = next;
		if (unlikely(!mbuf))
			break;
		NETCAP_STEP(mbuf, index, offset);
	} while (index < NETCAP_SEGMENTS);
	return 0;
}

__u64 netcap_far_byte(__u64 mbuf, __u64 offset);
__u64 netcap_far_load(__u64 mbuf, __u64 offset, __u64 size);

__noinline __u64 netcap_far_byte(__u64 mbuf, __u64 offset)
{
	__u8 byte = 0;

	bpf_probe_read_user(&byte, 1, (void *)netcap_segment_bytes(mbuf, offset, 1));
	return byte;
}

/* A big-endian load of 1, 2 or 4 bytes anywhere in the packet. */
__noinline __u64 netcap_far_load(__u64 mbuf, __u64 offset, __u64 size)
{
	__u64 address = netcap_segment_bytes(mbuf, offset, size), bytes = 0, value = 0;
	__u64 end = offset + size;

	if (address) {
		bpf_probe_read_user(&bytes, size & 7, (void *)address);
		return netcap_swap32(bytes) >> (32 - size * 8);
	}
	/* From one segment into the next. */
	if (size == 4) {
		value = netcap_far_byte(mbuf, end - 4) << 8;
		value = (value | netcap_far_byte(mbuf, end - 3)) << 8;
	}
	if (size >= 2)
		value = (value | netcap_far_byte(mbuf, end - 2)) << 8;
	return value | netcap_far_byte(mbuf, end - 1);
}

__u64 netcap_far_pair(__u64 mbuf, __u64 offset);

/* Two bytes anywhere in the packet as a number, negative if they are not there. */
__noinline __u64 netcap_far_pair(__u64 mbuf, __u64 offset)
{
	return netcap_segment_bytes(mbuf, offset + 2, 0) ? netcap_far_load(mbuf, offset, 2) : -1ull;
}

/* What the filter reads from. Never in memory: all of it becomes registers. */
struct netcap_packet {
	__u32 whole;
	__u32 length;
	__u32 near; /* bytes of the window that are packet */
	bool chained;
	__u64 mbuf;
	const __u8 *window;
};

static __always_inline bool netcap_has(const struct netcap_packet *packet, __u64 end)
{
	if (likely(end <= packet->whole))
		return true;
	return packet->chained && netcap_segment_bytes(packet->mbuf, end, 0) != 0;
}

/* Length of an IPv4 header without options. */
#define NETCAP_USUAL_INDEX 20
#define NETCAP_SAME(value) (value)

/*
 * The window is on the stack, where the verifier wants aligned loads: memcpy has the compiler split
 * what is not.
 */
#define NETCAP_DEFINE_LOAD(bits, swap)                                                         \
	static __always_inline __u32 netcap_u##bits(const struct netcap_packet *packet,        \
						    __u32 offset)                              \
	{                                                                                      \
		__u##bits value;                                                               \
                                                                                               \
		if (offset + sizeof(value) > NETCAP_WINDOW ||                                  \
		    unlikely(offset + sizeof(value) > packet->near))                           \
			return netcap_far_load(packet->mbuf, offset, sizeof(value));           \
		__builtin_memcpy(&value, packet->window + offset, sizeof(value));              \
		return swap(value);                                                            \
	}                                                                                      \
                                                                                               \
	static __always_inline __u32 netcap_u##bits##_at(const struct netcap_packet *packet,   \
							 __u32 index, __u32 offset)            \
	{                                                                                      \
		/* 5.10 has no stack reads at a variable offset: the usual one, made constant. */ \
		if (likely(index == NETCAP_USUAL_INDEX) &&                                     \
		    NETCAP_USUAL_INDEX + offset + sizeof(__u##bits) <= NETCAP_WINDOW)          \
			return netcap_u##bits(packet, NETCAP_USUAL_INDEX + offset);            \
		return netcap_far_load(packet->mbuf, (__u64)index + offset,                    \
				       sizeof(__u##bits));                                     \
	}                                                                                      \
                                                                                               \
	/* For an index that is never the usual one: nothing here for the verifier to learn. */ \
	static __always_inline __u32 netcap_u##bits##_behind(const struct netcap_packet *packet, \
							     __u32 index, __u32 offset)        \
	{                                                                                      \
		return netcap_far_load(packet->mbuf, (__u64)index + offset,                    \
				       sizeof(__u##bits));                                     \
	}

NETCAP_DEFINE_LOAD(8, NETCAP_SAME)
NETCAP_DEFINE_LOAD(16, netcap_swap16)
NETCAP_DEFINE_LOAD(32, netcap_swap32)

#include "wide-load.bpf.h"

/* Two bytes at a place known only at run time, negative if they are not there; one way through. */
static __always_inline __s64 netcap_pair(const struct netcap_packet *packet, __u64 place)
{
	return netcap_far_pair(packet->mbuf, place);
}

static __always_inline __u32 netcap_length(const struct netcap_packet *packet)
{
	return packet->length;
}

/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	return true;
}
/* @netcap:end */

/* Where in an 8-aligned buffer the window starts, so that offset 14 is a multiple of 4. */
#define NETCAP_ETHERNET_PLACE 2

/* Does the packet match? Not inlined: the filter is here, for all programs. Completes *view. */
static __noinline bool netcap_verdict(struct netcap_view *view)
{
	__u8 bytes[NETCAP_WINDOW + 8] __attribute__((aligned(8)));
	__u8 *window = bytes + NETCAP_ETHERNET_PLACE;
	struct netcap_packet packet;
	__u64 near;

	if (bpf_probe_read_user(bytes, NETCAP_MBUF_SIZE, (void *)view->packet))
		return false;
	view->start = NETCAP_MBUF(__u64, buf_addr) + NETCAP_MBUF(__u16, data_off);
	view->whole = NETCAP_MBUF(__u16, data_len);
	view->length = NETCAP_MBUF(__u32, pkt_len);
	view->segments = NETCAP_MBUF(__u16, nb_segs);
	packet.whole = view->whole;
	packet.length = view->length;
	packet.near = netcap_minimum(packet.whole, NETCAP_WINDOW);
	packet.chained = view->segments > 1;
	packet.mbuf = view->packet;
	packet.window = window;
	/* A buffer may end, with its page, before the window does. */
	if (bpf_probe_read_user(window, NETCAP_WINDOW, (void *)view->start)) {
		near = packet.near;
		netcap_opaque(near);
		/* Never so, but the verifier of 5.10 wants a bound. */
		if (near > NETCAP_WINDOW || bpf_probe_read_user(window, near, (void *)view->start))
			packet.near = 0;
	}
	return netcap_filter_ethernet(&packet);
}

/*
 * Copies all segments; see netcap_fill_whole() for why so much is read from the ring. The caller
 * uses the result: where nobody does, the compiler leaves just anything in its register, and the
 * verifier rejects it if that happens to be a stack address.
 */
static __noinline __u32 netcap_copy_segments(struct netcap_record *record, __u64 capacity,
					     __u64 mbuf)
{
	volatile __u32 *position = &record->captured, *want = &record->length;
	__u8 bytes[NETCAP_MBUF_SIZE] __attribute__((aligned(8)));
	__u64 address, at, index = 0, mask, rest, size;
	__u8 *to = (__u8 *)(record + 1);

	do {
		if (unlikely(bpf_probe_read_user(bytes, sizeof(bytes), (void *)mbuf)))
			break;
		mbuf = NETCAP_MBUF(__u64, next);
		size = NETCAP_MBUF(__u16, data_len);
		address = NETCAP_MBUF(__u64, buf_addr) + NETCAP_MBUF(__u16, data_off);
		at = *position;
		if (unlikely(at > capacity))
			break;
		/* The lesser of size and what is wanted still, without a branch. */
		rest = *want - at;
		mask = (__s64)(size - rest) >> 63;
		netcap_opaque(mask);
		size = rest + ((size - rest) & mask);
		netcap_opaque(size);
		/* Never so, but the verifier wants a bound. */
		if (unlikely(size > capacity))
			break;
		if (unlikely(bpf_probe_read_user(to + at, size, (void *)address)))
			break;
		*position = at + size;
		if (unlikely(!mbuf) || unlikely(size == rest))
			break;
		NETCAP_STEP(mbuf, index, at);
	} while (index < NETCAP_SEGMENTS);
	return *position;
}

static __always_inline bool netcap_is_listed(const struct netcap_view *view)
{
	return false;
}

static __always_inline void netcap_copy(struct netcap_record *record, __u64 capacity,
					const struct netcap_view *view, bool split)
{
	__u64 size = netcap_minimum(record->length, view->whole);

	if (split) {
		record->captured = netcap_copy_segments(record, capacity, view->packet);
		return;
	}
	netcap_opaque(size);
	/* Never so, but the verifier wants a bound. */
	if (size > capacity || bpf_probe_read_user(record + 1, size, (void *)view->start))
		return;
	record->captured = size;
}

static __noinline int netcap_capture(__u64 mbuf, __u64 payload, __u64 location, __u64 reason,
				     __u64 hook)
{
	struct netcap_counters *counters = netcap_hook_counters(hook);
	struct netcap_view view;

	if (counters)
		counters->seen++;
	if (!mbuf)
		return 0;
	view.packet = mbuf;
	if (!netcap_verdict(&view) || !netcap_admit(hook))
		return 0;
	view.location = location;
	view.reason = reason;
	view.hook = hook;
	view.interface = 0;
	view.protocol = 0;
	view.flags = NETCAP_RECORD_ETHERNET;
	netcap_emit(&view);
	return 0;
}

#include "programs.bpf.h"

SEC("uprobe")
int netcap_uprobe(void *context)
{
	return NETCAP_CAPTURE(register, context);
}

/*
 * For BPF_PROG_TEST_RUN: argument 0 is the address of an mbuf of the caller's. Returns the verdict
 * that a hook would reach.
 */
SEC("raw_tp")
int netcap_match(const __u64 *context)
{
	struct netcap_view view;

	view.packet = context[0];
	return netcap_verdict(&view);
}
