/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * Around a classic BPF program in C, what tools do that run libpcap's program at a kernel function: a
 * bpf_probe_read_kernel() for each member of the skb (head, mac_header, network_header, tail), and for each load of
 * the packet (bench_read_*), unless it is in a window that is copied first (with BENCH_WINDOW). The length on the wire is
 * read where the program asks for it. Only the linear area is seen.
 */
struct bench_source {
	__u64 skb;
	__u64 start;
	__u64 size; /* bytes from start to tail */
#ifdef BENCH_WINDOW
	__u8 room[BENCH_WINDOW + 8] __attribute__((aligned(8)));
#endif
};

#define BENCH_MEMBER(skb, to, member)                                                          \
	bpf_probe_read_kernel(&(to), sizeof(to),                                               \
			      (void *)((skb) + netcap_offset_of(sk_buff___bench, member)))

static __always_inline bool bench_open(struct bench_source *source, __u64 skb)
{
	__u16 mac_header = 0, network_header = 0;
	__u64 head = 0;
	__u32 tail = 0;

	BENCH_MEMBER(skb, head, head);
	BENCH_MEMBER(skb, mac_header, mac_header);
	BENCH_MEMBER(skb, network_header, network_header);
	/* No Ethernet header. */
	if (mac_header == 0xffff || mac_header == network_header)
		return false;
	BENCH_MEMBER(skb, tail, tail);
	source->skb = skb;
	source->start = head + mac_header;
	source->size = tail - mac_header;
#ifdef BENCH_WINDOW
	/* So placed that what is behind the Ethernet header is aligned, as the stack demands. */
	bpf_probe_read_kernel(source->room + 2, BENCH_WINDOW, (void *)source->start);
#endif
	return true;
}

static __always_inline __u32 bench_length(const struct bench_source *source)
{
	__u32 length = 0;

	BENCH_MEMBER(source->skb, length, len);
	return length;
}

#ifdef BENCH_WINDOW
#define BENCH_IN_WINDOW(source, offset, value)                                                 \
	if ((offset) <= BENCH_WINDOW - sizeof(value))                                          \
		__builtin_memcpy(&(value), (source)->room + 2 + (offset), sizeof(value));      \
	else
#else
#define BENCH_IN_WINDOW(source, offset, value)
#endif

/* A load, big-endian; false where it goes beyond the packet. */
#define BENCH_DEFINE_READ(bits, swap)                                                          \
	static __always_inline bool bench_read_##bits(const struct bench_source *source,       \
						      __u32 *to, __u32 offset)                 \
	{                                                                                      \
		__u##bits value = 0;                                                           \
                                                                                               \
		if ((__u64)offset + sizeof(value) > source->size)                              \
			return false;                                                          \
		BENCH_IN_WINDOW(source, offset, value)                                         \
			bpf_probe_read_kernel(&value, sizeof(value),                           \
					      (void *)(source->start + offset));               \
		*to = swap(value);                                                             \
		return true;                                                                   \
	}

#define BENCH_SAME(value) (value)
BENCH_DEFINE_READ(8, BENCH_SAME)
BENCH_DEFINE_READ(16, netcap_swap16)
BENCH_DEFINE_READ(32, netcap_swap32)

/* Defined behind this: the program, true where it accepts. */
static __always_inline bool bench_program(const struct bench_source *source);

static __noinline bool bench_filter(__u64 skb)
{
	struct bench_source source;

	return bench_open(&source, skb) && bench_program(&source);
}

static __always_inline bool bench_verdict(struct bench_packet *packet)
{
	return bench_filter(packet->address);
}
