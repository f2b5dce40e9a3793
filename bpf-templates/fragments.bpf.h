/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * The part of an skb's data that is not in its linear area: its page fragments, and behind them the
 * skbs of its frag_list, which IP reassembly and GRO make.
 */

/* page_address(), or 0: the struct page's index in the array is the page's number. */
static __always_inline __u64 netcap_page_start(__u64 page)
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
 * The same. Not static, so that it is verified once, by itself, and its constants take no registers
 * from loops that call it.
 */
__u64 netcap_page_address(__u64 page);

__noinline __u64 netcap_page_address(__u64 page)
{
	return netcap_page_start(page);
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

static __always_inline __u64 netcap_read_u64(__u64 address)
{
	__u64 value = 0;

	bpf_probe_read_kernel(&value, 8, (void *)address);
	return value;
}

static __always_inline __u64 netcap_read_u32(__u64 address)
{
	__u32 value = 0;

	bpf_probe_read_kernel(&value, 4, (void *)address);
	return value;
}

static __always_inline __u64 netcap_shared_info(__u64 skb)
{
	return netcap_read_u64(skb + netcap_offset_of(sk_buff, head)) +
	       netcap_read_u32(skb + netcap_offset_of(sk_buff, end));
}

static __always_inline __u64 netcap_frag_list(__u64 shared)
{
	return netcap_read_u64(shared + netcap_offset_of(skb_shared_info, frag_list));
}

/*
 * An skb of a frag_list has pieces: number 0 is its linear area, the others are its page fragments.
 * These take and give numbers only, so that each is verified once, and what it gives is unknown to
 * the verifier: all rounds of the loops that call them look alike.
 */
__u64 netcap_piece_address(__u64 skb, __u64 piece);
__u64 netcap_piece_length(__u64 skb, __u64 piece);
__u64 netcap_next_skb(__u64 skb, __u64 piece);
__u64 netcap_next_piece(__u64 skb, __u64 piece);

static __always_inline __u64 netcap_piece_entry(__u64 skb, __u64 piece)
{
	return netcap_shared_info(skb) + netcap_offset_of(skb_shared_info, frags) +
	       (piece - 1) * sizeof(struct netcap_fragment);
}

__noinline __u64 netcap_piece_address(__u64 skb, __u64 piece)
{
	struct netcap_fragment fragment;

	if (!piece)
		return netcap_read_u64(skb + netcap_offset_of(sk_buff, data));
	bpf_probe_read_kernel(&fragment, sizeof(fragment), (void *)netcap_piece_entry(skb, piece));
	/* No call: there may be no more than eight functions on the stack. */
	return netcap_page_start(fragment.page) + fragment.offset;
}

/* NETCAP_UNREADABLE: no CPU can read it, or it has a list of its own, which is not followed. */
#define NETCAP_UNREADABLE (1ull << 32)

__noinline __u64 netcap_piece_length(__u64 skb, __u64 piece)
{
	struct netcap_fragment fragment;

	if (piece) {
		bpf_probe_read_kernel(&fragment, sizeof(fragment),
				      (void *)netcap_piece_entry(skb, piece));
		if (!fragment.length || fragment.page & NETCAP_NOT_A_PAGE)
			return NETCAP_UNREADABLE;
		return fragment.length;
	}
	if (netcap_frag_list(netcap_shared_info(skb)))
		return NETCAP_UNREADABLE;
	return netcap_read_u32(skb + netcap_offset_of(sk_buff, len)) -
	       netcap_read_u32(skb + netcap_offset_of(sk_buff, data_len));
}

static __always_inline bool netcap_is_last(__u64 skb, __u64 piece)
{
	__u8 count = 0;

	bpf_probe_read_kernel(&count, 1,
			      (void *)(netcap_shared_info(skb) +
				       netcap_offset_of(skb_shared_info, nr_frags)));
	return piece >= count;
}

/* The skb that holds the piece behind that one, 0 if it was the last of all. */
__noinline __u64 netcap_next_skb(__u64 skb, __u64 piece)
{
	return netcap_is_last(skb, piece) ? netcap_read_u64(skb + netcap_offset_of(sk_buff, next)) :
					    skb;
}

/* Its number there. */
__noinline __u64 netcap_next_piece(__u64 skb, __u64 piece)
{
	return netcap_is_last(skb, piece) ? 0 : piece + 1;
}

/* The same as netcap_fragment_bytes(), `offset` bytes into the skbs of the frag_list. */
__u64 netcap_list_bytes(__u64 shared, __u64 offset, __u64 size);

__noinline __u64 netcap_list_bytes(__u64 shared, __u64 offset, __u64 size)
{
	__u64 skb = netcap_frag_list(shared), piece = 0, index = 0, length, next;

	if (!skb)
		return 0;
	do {
		length = netcap_piece_length(skb, piece);
		if (unlikely(offset + size <= length))
			return length == NETCAP_UNREADABLE ? 0 :
							     netcap_piece_address(skb, piece) + offset;
		if (unlikely(offset < length))
			break;
		offset -= length;
		next = netcap_next_skb(skb, piece);
		piece = netcap_next_piece(skb, piece);
		skb = next;
		if (unlikely(!skb))
			break;
		index++;
		asm volatile("" : "+r"(index), "+r"(skb), "+r"(piece), "+r"(offset));
	} while (index < NETCAP_PIECES);
	return 0;
}

/*
 * The same for page fragments; if they do not reach that far, how far beyond them that is, plus 1:
 * no address, which all are negative. Not static, so that it is verified once, by itself, instead
 * of once for each path that leads to a call.
 */
__u64 netcap_page_bytes(__u64 shared, __u64 offset, __u64 size);

__noinline __u64 netcap_page_bytes(__u64 shared, __u64 offset, __u64 size)
{
	struct netcap_fragments fragments;
	__u64 address, length;

	if (!netcap_open_fragments(shared, NETCAP_FRAGMENTS, &fragments))
		return offset + 1;
	do {
		address = netcap_fragment_address(&fragments, &length);
		if (unlikely((__s64)address >= 0))
			return 0;
		if (unlikely(offset + size <= length))
			return address + offset;
		/* An unreadable fragment ends what can be read, wherever it is. */
		if (unlikely(offset < length) || unlikely(!length))
			return 0;
		offset -= length;
		NETCAP_STEP(fragments, offset);
	} while (fragments.index < NETCAP_FRAGMENTS);
	return offset + 1;
}

/*
 * Address of `size` bytes, `offset` bytes behind the linear area. 0 if they are not there, or not
 * all in one piece. Size 0 asks whether the packet reaches as far as `offset`. Two calls in a row
 * and not one in the other, for the sake of the stack.
 */
static __always_inline __u64 netcap_fragment_bytes(__u64 shared, __u64 offset, __u64 size)
{
	__u64 found = netcap_page_bytes(shared, offset, size);

	if (unlikely((__s64)found > 0))
		found = netcap_list_bytes(shared, found - 1, size);
	return found;
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

/*
 * Appends the skbs of the frag_list in the same way, if the page fragments have been copied to
 * their end: `whole` is the length of the linear area. Only the end of a round is a branch, because
 * older verifiers follow each way out of it to the end of the program: all others are masks.
 * `capacity` is a power of two and makes the bounds; that no piece as large as that is the first
 * keeps the lengths below it.
 */
static __noinline __u32 netcap_copy_list(struct netcap_record *record, __u64 capacity,
					 __u64 shared, __u64 whole)
{
	volatile __u32 *position = &record->captured, *want = &record->length;
	__u64 skb, next, piece = 0, index = 0, at, good, length, mask, rest;
	__u8 *to = (__u8 *)(record + 1);

	at = *position;
	skb = netcap_frag_list(shared);
	if (likely(!skb) || !at || at >= *want || netcap_page_bytes(shared, at - whole, 1) != 1)
		return *position;
	do {
		length = netcap_piece_length(skb, piece);
		at = *position;
		rest = *want - at;
		good = (length >> 32) - 1;
		mask = (__s64)(length - rest) >> 63;
		netcap_opaque(mask);
		length = (rest + ((length - rest) & mask)) & good;
		netcap_opaque(length);
		at &= capacity - 1;
		length &= capacity - 1;
		mask = bpf_probe_read_kernel(to + at, length, (void *)netcap_piece_address(skb, piece));
		good &= ~(__u64)((__s64)mask >> 63);
		netcap_opaque(good);
		length &= good;
		*position = at + length;
		/* No more if this one could not be read, or nothing is wanted any more. */
		good &= (__s64)(length - rest) >> 63;
		netcap_opaque(good);
		next = netcap_next_skb(skb, piece) & good;
		piece = netcap_next_piece(skb, piece);
		skb = next;
		index++;
		asm volatile("" : "+r"(index), "+r"(skb), "+r"(piece));
	} while (skb && index < NETCAP_PIECES_COPIED);
	return *position;
}
