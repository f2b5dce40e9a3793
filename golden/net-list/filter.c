/* @netcap:filter */
#define NETCAP_WINDOW 38

/*
 * Sets of numbers as sorted bounds: every second one starts an interval, the others stand right behind one's
 * end, so whether a number is in the set is told by the bounds up to it, odd or even in number. A search
 * counts them: `start` are known to be, and up to 2^depth - 1 behind these may be. A bound is looked at by
 * a place of at most `most`, one less than a power of two, whatever a verifier has lost sight of. The
 * search has no branches, of which a verifier would follow every combination, and is in 64 bits, because
 * 5.10 loses the bounds of numbers that are widened.
 */

/* Without a section of their own choice small tables go among constants that linkers may merge. */
#define __table __attribute__((section(".rodata")))

/* Sets of ports: a bit for each. To verifiers before 6.13 the bytes that were swapped have no bounds. */
static __always_inline bool netcap_find_bit(const __u64 *bits, __u32 value)
{
	__u32 word = value >> 6;

	asm volatile("" : "+r"(word));
	return value <= 0xffff && bits[word & 1023] >> (value & 63) & 1;
}

/* 1 if left < right, counting a borrow of 1 from what is behind them. */
static __always_inline __u64 netcap_less(__u64 left, __u64 right, __u64 borrow)
{
	__u64 sign = (~left & right) | ((~left | right) & (left - right - borrow));

	asm volatile("" : "+r"(sign));
	return sign >> 63;
}

/* A number that the compiler knows nothing of, but a verifier that it is at most `most`. */
static __always_inline __u64 netcap_at_most(__u64 most, __u64 number)
{
	asm volatile("" : "+r"(number));
	return number & most;
}

/* Bounds that are below one of the equal parts of the range that a set has numbers in. */
static __always_inline __u64 netcap_start(const __u32 *starts, __u64 most, __u64 part)
{
	return starts[netcap_at_most(most, part)];
}

/*
 * How many bounds there may be up to the value, first as many as possible; each step asks for the one in
 * the middle of those that are not yet known.
 */
#define NETCAP_COUNT(start, depth, less)                                      \
	__u64 count = (start) + (1ull << (depth)) - 1, place;                 \
	__u32 bit;                                                            \
                                                                              \
	_Pragma("clang loop unroll(full)") for (bit = depth; bit > 0; bit--)  \
	{                                                                     \
		place = netcap_at_most(most, count - (1ull << (bit - 1)));    \
		count -= (less) << (bit - 1);                                 \
	}                                                                     \
	return count;

/* Of two numbers of 32 bits the sign of the difference tells. */
static __always_inline __u64 netcap_count32(const __u32 *bounds, __u64 most, __u64 start, __u32 depth,
					    __u64 value)
{
	NETCAP_COUNT(start, depth, (value - bounds[place]) >> 63)
}

static __always_inline __u64 netcap_count64(const __u64 *bounds, __u64 most, __u64 start, __u32 depth,
					    __u64 value)
{
	NETCAP_COUNT(start, depth, netcap_less(value, bounds[place], 0))
}

/* Numbers of 128 bits, the upper half first. */
static __always_inline __u64 netcap_count128(const __u64 *bounds, __u64 most, __u64 start, __u32 depth,
					     __u64 high, __u64 low)
{
	NETCAP_COUNT(start, depth,
		     netcap_less(high, bounds[place * 2],
				 netcap_less(low, bounds[place * 2 + 1], 0)))
}

static const __u32 netcap_set_1_bounds[] __table = {
	0x0, 0x0, 0x0, 0xa000000, 0xb000000, 0x64400000,
	0x64800000, 0xa9fe0000, 0xa9ff0000, 0xac100000, 0xac200000, 0xc0a80000,
	0xc0a90000, 0xc6120000, 0xc6140000, 0x0,
};
static __always_inline bool netcap_set_1(__u32 first)
{
	return !(netcap_count32(netcap_set_1_bounds, 15, 0, 4, first) & 1);
}

static __always_inline bool netcap_set_2(__u32 value)
{
	return value == 0x806U || value == 0x8035U;
}

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;

	/* 10.0.0.0/8 */
	if (!netcap_has(packet, 30))
		return false;
	word_12 = netcap_u16(packet, 12);
	if (word_12 != 0x800)
		goto block_2;
	/* 10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or 100.64.0.0/10 or 169.254.0.0/16 or 198.18.0.0/15 */
	if (netcap_set_1(netcap_u32(packet, 26)))
		return true;
	return false;
block_2:
	/* 10.0.0.0/8 */
	if (!netcap_set_2(word_12))
		return false;
	/* 10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or 100.64.0.0/10 or 169.254.0.0/16 or 198.18.0.0/15 */
	if (!netcap_has(packet, 32))
		return false;
	if (netcap_set_1(netcap_u32(packet, 28)))
		return true;
	return false;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;

	/* 10.0.0.0/8 */
	if (!netcap_has(packet, 32))
		goto short_packet;
	word_12 = netcap_u16(packet, 12);
	if (word_12 != 0x800)
		goto block_2;
	/* 10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or 100.64.0.0/10 or 169.254.0.0/16 or 198.18.0.0/15 */
	if (netcap_set_1(netcap_u32(packet, 26)))
		return true;
	return false;
block_2:
	/* 10.0.0.0/8 */
	if (!netcap_set_2(word_12))
		return false;
	/* 10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or 100.64.0.0/10 or 169.254.0.0/16 or 198.18.0.0/15 */
	if (netcap_set_1(netcap_u32(packet, 28)))
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* 10.0.0.0/8 */
	if (netcap_protocol(packet) != 0x800)
		goto block_2;
	/* 10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or 100.64.0.0/10 or 169.254.0.0/16 or 198.18.0.0/15 */
	if (!netcap_has(packet, 16))
		return false;
	if (netcap_set_1(netcap_u32(packet, 12)))
		return true;
	return false;
block_2:
	/* 10.0.0.0/8 */
	if (!netcap_set_2(netcap_protocol(packet)))
		return false;
	/* 10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or 100.64.0.0/10 or 169.254.0.0/16 or 198.18.0.0/15 */
	if (!netcap_has(packet, 18))
		return false;
	if (netcap_set_1(netcap_u32(packet, 14)))
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"src net (10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or 100.64.0.0/10 or 169.254.0.0/16 or 198.18.0.0/15)\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
