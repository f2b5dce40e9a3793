/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * A packet of the bench in the kernel: an sk_buff, and behind it what such an skb has in its linear area, from head to
 * the shared info, with nothing in fragments. In an array, so that all candidates find the same packets at the same
 * addresses. Its size is an odd number of cache lines: the packets do not compete for the same few sets.
 */
#define BENCH_PACKETS 48
#define BENCH_HEADROOM 64
#define BENCH_ROOM 1600

struct bench_packet {
	__u64 address; /* of the skb */
	__u32 captured;
	__u32 length;
	__u8 line[48];
	__u8 skb[256];
	__u8 head[BENCH_HEADROOM];
	__u8 bytes[BENCH_ROOM];
	__u8 shared[512];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, BENCH_PACKETS);
	__type(key, __u32);
	__type(value, struct bench_packet);
} bench_packets SEC(".maps");

/* What is behind the three underscores is no part of the name that is looked for in the kernel's BTF. */
struct sk_buff___bench {
	__u32 len;
	__u32 data_len;
	__u16 protocol;
	__u16 network_header;
	__u16 mac_header;
	__u32 tail;
	__u32 end;
	unsigned char *head;
	unsigned char *data;
} __attribute__((preserve_access_index));
