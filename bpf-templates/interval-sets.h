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
