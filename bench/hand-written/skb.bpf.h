/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* What the hand-written filters share: the kernel's structures, and where a frame starts and how long it is. */
struct sk_buff {
	__u16 mac_header;
	__u32 tail;
	unsigned char *head;
} __attribute__((preserve_access_index));

struct ethhdr {
	__u8 h_dest[6];
	__u8 h_source[6];
	__u16 h_proto;
} __attribute__((packed));

struct iphdr {
	__u8 ihl : 4, version : 4;
	__u8 tos;
	__u16 tot_len;
	__u16 id;
	__u16 frag_off;
	__u8 ttl;
	__u8 protocol;
	__u16 check;
	__u32 saddr;
	__u32 daddr;
};

struct ipv6hdr {
	__u8 class_and_label[4];
	__u16 payload_len;
	__u8 nexthdr;
	__u8 hop_limit;
	__u32 saddr[4];
	__u32 daddr[4];
};

struct tcphdr {
	__u16 source;
	__u16 dest;
	__u32 seq;
	__u32 ack_seq;
	__u8 doff;
	__u8 flags;
	__u16 window;
};

#define CAST(type, address) \
	((const struct type *)bpf_rdonly_cast((void *)(address), netcap_type_id(type)))

#define htons(value) __builtin_bswap16(value)
#define htonl(value) __builtin_bswap32(value)

#define ETH_P_IP 0x0800
#define ETH_P_IPV6 0x86dd
#define IPPROTO_TCP 6
#define IP_OFFSET 0x1fff
#define TCP_SYN 2
#define TCP_ACK 16

/* The linear area behind the MAC header; a frame without one is empty. */
struct frame {
	__u64 start;
	__u32 size;
};

static __always_inline struct frame frame_of(__u64 address)
{
#ifdef BENCH_TYPED
	const struct sk_buff *skb = (const struct sk_buff *)address;
#else
	const struct sk_buff *skb = CAST(sk_buff, address);
#endif
	__u32 mac_header = skb->mac_header;
	struct frame frame = { (__u64)skb->head + mac_header, skb->tail - mac_header };

	if (mac_header == 0xffff)
		frame.size = 0;
	return frame;
}

static __noinline bool bench_filter(__u64 address);

static __always_inline bool bench_verdict(struct bench_packet *packet)
{
	return bench_filter(BENCH_SKB(packet));
}
