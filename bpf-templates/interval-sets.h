/*
 * Sets of numbers as sorted bounds: every second one starts an interval, the others stand right behind one's
 * end, so a number is in the set if the bounds up to it are odd in number. There are 2^depth - 1 of them:
 * zeros stand in front. The search has no branches, of which a verifier would follow every combination.
 */

/* 1 if left < right, counting a borrow of 1 from what is behind them. */
static __always_inline __u64 netcap_less(__u64 left, __u64 right, __u64 borrow)
{
	__u64 sign = (~left & right) | ((~left | right) & (left - right - borrow));

	asm volatile("" : "+r"(sign));
	return sign >> 63;
}

static __always_inline __u32 netcap_count32(const __u32 *bounds, __u32 depth, __u64 value)
{
	__u32 count = 0, bit;

#pragma clang loop unroll(full)
	for (bit = depth; bit > 0; bit--)
		count += (netcap_less(value, bounds[count + (1u << (bit - 1)) - 1], 0) ^ 1) << (bit - 1);
	return count;
}

static __always_inline __u32 netcap_count64(const __u64 *bounds, __u32 depth, __u64 value)
{
	__u32 count = 0, bit;

#pragma clang loop unroll(full)
	for (bit = depth; bit > 0; bit--)
		count += (netcap_less(value, bounds[count + (1u << (bit - 1)) - 1], 0) ^ 1) << (bit - 1);
	return count;
}

/* Numbers of 128 bits, the upper half first. */
static __always_inline __u32 netcap_count128(const __u64 *bounds, __u32 depth, __u64 high, __u64 low)
{
	__u32 count = 0, bit, index;
	__u64 borrow;

#pragma clang loop unroll(full)
	for (bit = depth; bit > 0; bit--) {
		index = (count + (1u << (bit - 1)) - 1) * 2;
		borrow = netcap_less(low, bounds[index + 1], 0);
		count += (netcap_less(high, bounds[index], borrow) ^ 1) << (bit - 1);
	}
	return count;
}
