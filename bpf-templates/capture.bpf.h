/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * From a packet that matched to a record in the ring. A target's file defines struct netcap_view
 * before including this (with the members used here) and netcap_copy() after it.
 */
const volatile struct netcap_knobs netcap_knobs SEC(".rodata.knobs") = {
	.snaplen = 262144,
	.location_argument = NETCAP_NO_ARGUMENT,
	.reason_argument = NETCAP_NO_ARGUMENT,
	.payload_argument = NETCAP_NO_ARGUMENT,
	.packet_offset = 8,
	.location_offset = NETCAP_NO_OFFSET,
	.reason_offset = NETCAP_NO_OFFSET,
	.payload_offset = NETCAP_NO_OFFSET,
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 << 20);
} netcap_ring SEC(".maps");

/*
 * Where many CPUs would wait for each other at the lock of one ring, they have several. User space puts
 * them here, or leaves this map out where one is enough: nothing refers to it then.
 */
struct netcap_shared_ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct netcap_shared_ring);
} netcap_rings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct netcap_counters);
} netcap_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct netcap_input);
} netcap_packets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct netcap_shared);
} netcap_shared SEC(".maps");

static __always_inline struct netcap_counters *netcap_hook_counters(__u32 hook)
{
	return bpf_map_lookup_elem(&netcap_counters, &hook);
}

/* A program that runs preempted or nested may count on the same CPU: these must not be lost. */
#define netcap_count(counter) __sync_fetch_and_add(counter, 1)

#include "limits.bpf.h"

/* The ring of this CPU. */
static __always_inline void *netcap_ring_here(void)
{
	__u32 place;

	if (!netcap_knobs.rings)
		return &netcap_ring;
	place = bpf_get_smp_processor_id() % netcap_knobs.rings;
	return bpf_map_lookup_elem(&netcap_rings, &place);
}

/*
 * Puts up to record->length bytes of the packet behind the record and their number into
 * record->captured, which was 0. Whole: all of them are in one piece, and there is room for
 * `capacity`. Split: room for twice that.
 */
static __always_inline void netcap_copy(struct netcap_record *record, __u64 capacity,
					const struct netcap_view *view, bool split);

/* Whether there is a part that is copied where there is room for so much only: verified less often. */
#define NETCAP_LISTED_CAPACITY 65536
static __always_inline bool netcap_is_listed(const struct netcap_view *view);

/*
 * With how many bytes in the ring the consumer wants to be woken: it says so before it waits, with 1 if
 * it had nothing to do for a while, and with more while packets come, so that they come in batches. In
 * a section of its own: user space has it mapped, and the objects of a capture have one in common.
 */
volatile __u32 netcap_wake_bytes SEC(".data.consumer");

/* Not at all: the consumer looks by itself. */
#define NETCAP_WAKE_NEVER 0xffffffff

/* Flags to submit a record with. Hooks of several CPUs may wake it twice, which does no harm. */
static __always_inline __u64 netcap_wake_up(void)
{
	__u32 bytes = netcap_wake_bytes;
	void *ring;

	if (likely(bytes == NETCAP_WAKE_NEVER))
		return BPF_RB_NO_WAKEUP;
	ring = netcap_ring_here();
	if (!ring || bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA) < bytes)
		return BPF_RB_NO_WAKEUP;
	netcap_wake_bytes = NETCAP_WAKE_NEVER;
	return BPF_RB_FORCE_WAKEUP;
}

/* Submits a record whose bytes are there. Only now counts: a branch before doubles all paths. */
static __noinline int netcap_finish(struct netcap_record *record, const struct netcap_view *view)
{
	struct netcap_counters *counters = netcap_hook_counters(view->hook);
	__u32 captured = record->captured, want = record->length;
	__u64 running = netcap_knobs.has_process ? bpf_get_current_pid_tgid() : 0;

	if (!captured && want) {
		if (counters)
			netcap_count(&counters->read_failed);
		bpf_ringbuf_discard(record, BPF_RB_NO_WAKEUP);
		return 0;
	}
	record->timestamp = bpf_ktime_get_ns();
	record->packet = view->packet;
	record->location = view->location;
	record->length = view->length;
	record->hook = view->hook;
	record->reason = view->reason;
	record->interface = view->interface;
	record->process = running >> 32;
	record->thread = running;
	record->processor = bpf_get_smp_processor_id();
	record->lost = counters ? counters->ring_full + counters->read_failed : 0;
	record->protocol = view->protocol;
	record->flags = view->flags;
	if (captured < want) {
		record->flags = view->flags | NETCAP_RECORD_TRUNCATED;
		if (counters)
			netcap_count(&counters->truncated);
	}
	bpf_ringbuf_submit(record, netcap_reaches_count() ? BPF_RB_FORCE_WAKEUP : netcap_wake_up());
	return 0;
}

/*
 * record->length tells how much is wanted, until the packet's length takes its place. In the ring,
 * because the verifier does not know what it reads from there: in a register each way to get at
 * the number would be a path of its own through all that follows.
 */
static __noinline int netcap_fill_whole(struct netcap_record *record, __u64 capacity,
					const struct netcap_view *view)
{
	record->captured = 0;
	netcap_copy(record, capacity, view, false);
	netcap_finish(record, view);
	return 0;
}

static __noinline int netcap_fill_split(struct netcap_record *record, __u64 capacity,
					const struct netcap_view *view)
{
	record->captured = 0;
	netcap_copy(record, capacity, view, true);
	netcap_finish(record, view);
	return 0;
}

/*
 * bpf_ringbuf_reserve() takes a constant only, hence one call for each class of sizes. The fill
 * functions exist once, but are verified with each class's capacity.
 */
#define NETCAP_CLASS(bytes, factor, fill)                                                    \
	if (want <= (bytes)) {                                                               \
		record = bpf_ringbuf_reserve(ring, sizeof(*record) + (factor) * (bytes), 0); \
		if (!record)                                                                 \
			goto full;                                                           \
		record->length = want;                                                       \
		fill(record, bytes, view);                                                   \
		return 0;                                                                    \
	}

static __noinline int netcap_emit(const struct netcap_view *view)
{
	struct netcap_counters *counters;
	struct netcap_record *record;
	void *ring = netcap_ring_here();
	__u64 want = netcap_minimum(netcap_knobs.snaplen, view->length);

	if (!ring)
		goto full;
	if (want > NETCAP_COPY_MOST)
		want = NETCAP_COPY_MOST;
	if (want <= view->whole) {
		NETCAP_CLASS(64, 1, netcap_fill_whole)
		NETCAP_CLASS(96, 1, netcap_fill_whole)
		NETCAP_CLASS(128, 1, netcap_fill_whole)
		NETCAP_CLASS(256, 1, netcap_fill_whole)
		NETCAP_CLASS(512, 1, netcap_fill_whole)
		NETCAP_CLASS(1024, 1, netcap_fill_whole)
		NETCAP_CLASS(1536, 1, netcap_fill_whole)
		NETCAP_CLASS(4096, 1, netcap_fill_whole)
		NETCAP_CLASS(16384, 1, netcap_fill_whole)
		NETCAP_CLASS(65536, 1, netcap_fill_whole)
	}
	if (!netcap_is_listed(view)) {
		NETCAP_CLASS(512, 2, netcap_fill_split)
		NETCAP_CLASS(2048, 2, netcap_fill_split)
		NETCAP_CLASS(8192, 2, netcap_fill_split)
	}
	NETCAP_CLASS(NETCAP_LISTED_CAPACITY, 2, netcap_fill_split)
	NETCAP_CLASS(NETCAP_COPY_MOST, 2, netcap_fill_split)
full:
	counters = netcap_hook_counters(view->hook);
	if (counters)
		netcap_count(&counters->ring_full);
	return 0;
}
