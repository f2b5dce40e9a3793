/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* The part of an skb's data that is not in its linear area: page fragments. No frag_list. */

/*
 * page_address(), or 0: the struct page's index in the array is the page's number. Not static, so
 * that it is verified once, by itself, and its constants take no registers from loops that call it.
 */
__u64 netcap_page_address(__u64 page);

__noinline __u64 netcap_page_address(__u64 page)
{
	__u64 start = NETCAP_DEFAULT_PAGE_OFFSET, array = NETCAP_DEFAULT_VMEMMAP, probe;

	if (&page_offset_base && &vmemmap_base) {
		if (bpf_probe_read_kernel(&start, 8, &page_offset_base) ||
		    bpf_probe_read_kernel(&array, 8, &vmemmap_base))
			return 0;
	} else if (bpf_probe_read_kernel(&probe, 8, (void *)NETCAP_DEFAULT_PAGE_OFFSET)) {
		return 0;
	}
	return start + ((page - array) / netcap_type_size(page) << 12);
}

/*
 * `shared` is the address of the skb's struct skb_shared_info, head + end. A round of a loop over
 * the fragments ends with NETCAP_STEP: 5.10 refuses a loop in which the way back to its first
 * instruction is no jump ("back-edge"), so all that a round changes is changed before the test that
 * ends it. Counting up to a constant, from what is short of it, leaves so few variables that none
 * is fetched from the stack there either.
 */
struct netcap_fragments {
	__u64 entry; /* address of the fragment's descriptor */
	__u64 index; /* ends at the constant given to netcap_open_fragments() */
};

#define NETCAP_STEP(fragments, variable)                                                       \
	do {                                                                                   \
		(fragments).entry += sizeof(struct netcap_fragment);                           \
		(fragments).index++;                                                           \
		asm volatile(""                                                                \
			     : "+r"((fragments).entry), "+r"((fragments).index), "+r"(variable)); \
	} while (false)

/* Whether there are any. */
static __always_inline bool netcap_open_fragments(__u64 shared, __u64 most,
						  struct netcap_fragments *fragments)
{
	__u8 count = 0;

	if (bpf_probe_read_kernel(&count, 1,
				  (void *)(shared + netcap_offset_of(skb_shared_info, nr_frags))))
		return false;
	fragments->index = most - netcap_minimum(count, most);
	fragments->entry = shared + netcap_offset_of(skb_shared_info, frags);
	return count != 0;
}

/*
 * Address of the fragment; its length is 0 if it is not memory, or if its descriptor cannot be read
 * (the helper clears what it cannot read). No branch, for the verifier follows each of them in
 * every round of a loop: where the direct map was not found the address is one of user space, which
 * bpf_probe_read_kernel() refuses.
 */
static __always_inline __u64 netcap_fragment_address(const struct netcap_fragments *fragments,
						     __u64 *length)
{
	struct netcap_fragment fragment;

	bpf_probe_read_kernel(&fragment, sizeof(fragment), (void *)fragments->entry);
	/* All ones for a page, 0 for device memory. */
	*length = fragment.length & ((fragment.page & NETCAP_NOT_A_PAGE) - 1);
	return netcap_page_address(fragment.page) + fragment.offset;
}

/*
 * Address of `size` bytes, `offset` bytes into the fragments. 0 if they are not there, or not all
 * in one fragment. Size 0 asks whether the fragments reach as far as `offset`. Not static, so that
 * it is verified once, by itself, instead of once for each path that leads to a call.
 */
__u64 netcap_fragment_bytes(__u64 shared, __u64 offset, __u64 size);

__attribute__((noinline)) __u64 netcap_fragment_bytes(__u64 shared, __u64 offset, __u64 size)
{
	struct netcap_fragments fragments;
	__u64 address, length;

	if (!netcap_open_fragments(shared, NETCAP_FRAGMENTS, &fragments))
		return 0;
	do {
		address = netcap_fragment_address(&fragments, &length);
		if (unlikely((__s64)address >= 0))
			break;
		if (unlikely(offset + size <= length))
			return address + offset;
		/* An unreadable fragment ends what can be read, wherever it is. */
		if (unlikely(offset < length) || unlikely(!length))
			break;
		offset -= length;
		NETCAP_STEP(fragments, offset);
	} while (fragments.index < NETCAP_FRAGMENTS);
	return 0;
}

/*
 * Appends the fragments to what the record holds, up to record->length bytes; there is room for
 * twice the capacity. Position and limit are kept in memory of the ring: what the verifier reads
 * from there is unknown to it, so that all rounds of the loop look alike and it need not follow
 * each path on its own. Not inlined for the same reason: paths meet again at a function's start.
 * Returns the position, and the caller uses it: where nobody does, the compiler leaves just
 * anything in the register of the result, and the verifier rejects it if that happens to be a
 * stack address.
 */
static __noinline __u32 netcap_copy_fragments(struct netcap_record *record, __u64 capacity,
					      __u64 shared)
{
	volatile __u32 *position = &record->captured, *want = &record->length;
	__u8 *to = (__u8 *)(record + 1);
	struct netcap_fragments fragments;
	__u64 address, at, last, mask, rest, size;

	if (!netcap_open_fragments(shared, NETCAP_FRAGMENTS_COPIED, &fragments))
		return *position;
	do {
		address = netcap_fragment_address(&fragments, &size);
		at = *position;
		if (unlikely(at > capacity))
			break;
		/* The lesser of size and what is wanted still, without a branch. */
		rest = *want - at;
		mask = (__s64)(size - rest) >> 63;
		netcap_opaque(mask);
		last = rest + ((size - rest) & mask) - 1;
		netcap_opaque(last);
		/* Nothing left; or too much, which is never so but gives the verifier a bound. */
		if (unlikely(last >= capacity))
			break;
		size = last + 1;
		netcap_opaque(size);
		if (unlikely(bpf_probe_read_kernel(to + at, size, (void *)address)))
			break;
		*position = at + size;
		NETCAP_STEP(fragments, at);
	} while (fragments.index < NETCAP_FRAGMENTS_COPIED);
	return *position;
}
