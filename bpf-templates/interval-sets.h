/*
 * Sets of numbers as sorted bounds: every second one starts an interval, the others stand right behind one's
 * end, so a number is in the set if the bounds up to it are odd in number. There are 2^depth - 1 of them,
 * zeros in front, and one more that is never looked at. The search has no branches, of which a verifier would
 * follow every combination, and is in 64 bits, because 5.10 loses the bounds of numbers that are widened.
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

/* Which bound to look at: not more than there are, whatever a verifier has lost sight of. */
static __always_inline __u64 netcap_place(__u64 count, __u32 bit, __u32 depth)
{
	__u64 place = count + (1ull << (bit - 1)) - 1;

	asm volatile("" : "+r"(place));
	return place & ((1ull << depth) - 1);
}

static __always_inline __u64 netcap_count32(const __u32 *bounds, __u32 depth, __u64 value)
{
	__u64 count = 0;
	__u32 bit;

#pragma clang loop unroll(full)
	for (bit = depth; bit > 0; bit--)
		count += (netcap_less(value, bounds[netcap_place(count, bit, depth)], 0) ^ 1) << (bit - 1);
	return count;
}

static __always_inline __u64 netcap_count64(const __u64 *bounds, __u32 depth, __u64 value)
{
	__u64 count = 0;
	__u32 bit;

#pragma clang loop unroll(full)
	for (bit = depth; bit > 0; bit--)
		count += (netcap_less(value, bounds[netcap_place(count, bit, depth)], 0) ^ 1) << (bit - 1);
	return count;
}

/* Numbers of 128 bits, the upper half first. */
static __always_inline __u64 netcap_count128(const __u64 *bounds, __u32 depth, __u64 high, __u64 low)
{
	__u64 count = 0, place, borrow;
	__u32 bit;

#pragma clang loop unroll(full)
	for (bit = depth; bit > 0; bit--) {
		place = netcap_place(count, bit, depth);
		borrow = netcap_less(low, bounds[place * 2 + 1], 0);
		count += (netcap_less(high, bounds[place * 2], borrow) ^ 1) << (bit - 1);
	}
	return count;
}
