/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * Around a classic BPF program as the kernel translates it for a socket (bpf_convert_filter() of net/core/filter.c):
 * what that puts before it, and what it calls. The packet is memory of a map, so that loads are what they are for a
 * socket: plain ones, of which the verifier asks nothing more than the check of bounds that is translated.
 */

/*
 * bpf_skb_load_helper_8(), _16() and _32(), which are functions in the kernel too. Theirs compare the offset with 0 where
 * these do what the verifier wants to see.
 */
#define BENCH_DEFINE_LOAD_HELPER(bits, swap)                                                   \
	static __noinline __attribute__((used)) __s64 bench_load_##bits(                       \
		const void *skb, const __u8 *data, int size, __u64 offset)                     \
	{                                                                                      \
		if (offset < BENCH_ROOM - sizeof(__u32) &&                                     \
		    size - (int)offset >= (int)sizeof(__u##bits))                              \
			return swap(*(const __u##bits *)(data + offset));                      \
		return -14;                                                                    \
	}

#define BENCH_SAME(value) (value)
BENCH_DEFINE_LOAD_HELPER(8, BENCH_SAME)
BENCH_DEFINE_LOAD_HELPER(16, netcap_swap16)
BENCH_DEFINE_LOAD_HELPER(32, netcap_swap32)

/*
 * The registers are those of the kernel: the skb in r6, its data in r8, the length of its linear area in r9, index and
 * accumulator in r7 and r0. The kernel's r8 is the pointer that the skb holds. Here that is loaded and then replaced, at
 * the cost of two instructions, by one to the same bytes of which the verifier knows that they are memory.
 */
static __noinline __u32 bench_filter(struct bench_packet *packet)
{
	register struct sk_buff___bench *skb asm("r6") = (void *)packet->skb;
	register const __u8 *data asm("r8") = skb->data;
	register __u64 size asm("r9") = skb->len - skb->data_len;
	register __u64 result asm("r0");

	asm volatile("" : "+r"(data));
	data = packet->bytes;
	asm volatile(BENCH_PROGRAM
		     : "=r"(result), "+r"(size), "+r"(data), "+r"(skb)
		     :
		     : "r1", "r2", "r3", "r4", "r5", "r7", "memory");
	return result;
}

#ifdef BENCH_PACKET_SOCKET
/*
 * What packet_rcv() does around it for a socket that sees Ethernet headers: data and len go to the MAC header
 * (skb_push()), and back after the filter.
 */
static __noinline bool bench_packet_socket(struct bench_packet *packet)
{
	struct sk_buff___bench *skb = (void *)packet->skb;
	unsigned char *data = skb->data;
	__u32 length = skb->len;
	__u64 pushed = data - (skb->head + skb->mac_header);
	bool matches;

	skb->len = length + pushed;
	*(volatile __u64 *)&skb->data = (__u64)data - pushed;
	matches = bench_filter(packet) != 0;
	skb->data = data;
	skb->len = length;
	return matches;
}

static __always_inline bool bench_verdict(struct bench_packet *packet)
{
	return bench_packet_socket(packet);
}
#else
static __always_inline bool bench_verdict(struct bench_packet *packet)
{
	return bench_filter(packet) != 0;
}
#endif
