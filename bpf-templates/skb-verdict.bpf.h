/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * Where the packet starts, and whether it matches: netcap_verdict(), in ways of which each leaves to
 * the next what it cannot decide.
 *
 * netcap_ask_cast()             through casts: the quick filter, the exact one for short packets
 * netcap_ask_window_quickly()   where there are no casts: the quick filter over the window
 * netcap_ask_window()           the exact filter over the window: any packet
 */

/* What mac_header is before it was set. */
#define NETCAP_UNSET 0xffff

/* Where the packet starts, and how: offsets from skb->head. */
struct netcap_place {
	__s64 start;
	bool is_ethernet;
};

/* A network header that equals the MAC header: a device without any. */
static __always_inline struct netcap_place netcap_find_start(__u64 mac_header, __u64 network_header,
							     __s64 data)
{
	struct netcap_place place = { .start = data };

	/* Or the compiler takes all but 16 bits away again where it compares them. */
	netcap_opaque(mac_header);
	netcap_opaque(network_header);
	if (mac_header != NETCAP_UNSET && mac_header != network_header &&
	    (__s64)mac_header <= data) {
		place.start = mac_header;
		place.is_ethernet = true;
	} else if (network_header && network_header != NETCAP_UNSET) {
		place.start = network_header;
	}
	return place;
}

/* The linear area ends at the tail. */
static __always_inline void netcap_look(const struct netcap_fields *fields,
					struct netcap_view *view)
{
	struct netcap_place place = netcap_find_start(fields->mac_header, fields->network_header,
						      fields->data);
	__s64 linear;

	view->flags = place.is_ethernet ? NETCAP_RECORD_ETHERNET : 0;
	view->tag = 0;
	view->start = fields->head + place.start;
	view->shared = fields->head + fields->end;
	view->length = fields->data - place.start;
	linear = (__s64)fields->tail - place.start;
	if (linear < 0)
		linear = 0;
	view->whole = linear;
	view->protocol = netcap_swap16(fields->protocol);
	/* A frame too short to have its addresses has no place for the tag either. */
	if (unlikely(fields->tag) && place.is_ethernet && linear >= NETCAP_TAG_OFFSET) {
		view->tag = netcap_wire_tag(fields->tag);
		view->flags |= NETCAP_RECORD_VLAN;
		view->length += NETCAP_TAG_SIZE;
		view->whole += NETCAP_TAG_SIZE;
	}
}

static __always_inline __u64 netcap_layout(const struct netcap_view *view)
{
	return (view->tag ? view->whole - NETCAP_TAG_SIZE : view->whole) | (__u64)view->tag << 32;
}

static __always_inline void netcap_open_packet(struct netcap_packet *packet,
					       const struct netcap_view *view)
{
	packet->skb = view->packet;
	packet->whole = view->whole;
	packet->pulled = view->length;
	packet->protocol = view->protocol;
	packet->start = view->start;
	packet->beyond = false;
	packet->again = false;
	packet->shared = view->shared;
	packet->layout = netcap_layout(view);
}

/*
 * The first bytes of the packet, so placed that both 14 and 18, where the header after a MAC header
 * starts, are multiples of 4; as many as the filter asks for. Always all of them: behind the linear
 * area there is the skb's shared info, more than twice as long, so the read stays inside one
 * allocation.
 */
static __always_inline void netcap_open_window(__u8 *window, const struct netcap_view *view)
{
	if (likely(!view->tag)) {
		bpf_probe_read_kernel(window, NETCAP_WINDOW, (void *)view->start);
		return;
	}
	bpf_probe_read_kernel(window + NETCAP_TAG_SIZE, NETCAP_WINDOW, (void *)view->start);
	__builtin_memmove(window, window + NETCAP_TAG_SIZE, NETCAP_TAG_OFFSET);
	__builtin_memcpy(window + NETCAP_TAG_OFFSET, &view->tag, NETCAP_TAG_SIZE);
}

/* Where in an 8-aligned buffer a window starts. */
#define NETCAP_ETHERNET_PLACE 2

/* A window is what is left of a buffer that first has the skb's members. */
#define NETCAP_ROOM \
	(NETCAP_WINDOW + 8 > NETCAP_FIELDS_SIZE ? NETCAP_WINDOW + 8 : NETCAP_FIELDS_SIZE)

/* `bytes` is room on the stack, of at least NETCAP_FIELDS_SIZE. */
static __always_inline bool netcap_read_fields(__u64 skb, __u8 *bytes, struct netcap_fields *fields)
{
	if (!NETCAP_IS_TYPED)
		return netcap_copy_fields(skb, bytes, fields);
	netcap_load_fields((const struct sk_buff *)skb, fields);
	return true;
}

/* Where the packet is and what its record says of it, but for what the hook tells. */
static __always_inline bool netcap_open_view(__u64 skb, __u8 *bytes, struct netcap_view *view)
{
	struct netcap_fields fields;
	bool readable = netcap_read_fields(skb, bytes, &fields);

	view->packet = skb;
	netcap_look(&fields, view);
	return readable;
}

/* The verdict over the window, for every packet. */
static __noinline bool netcap_ask_window(__u64 skb)
{
	__u8 bytes[NETCAP_ROOM] __attribute__((aligned(8)));
	struct netcap_packet packet;
	struct netcap_view view;

	if (!netcap_open_view(skb, bytes, &view))
		return false;
	netcap_open_packet(&packet, &view);
	packet.reader = NETCAP_READER_WINDOW;
	packet.linear = false;
	packet.size = NETCAP_WINDOW;
	packet.near = netcap_minimum(view.whole, NETCAP_WINDOW);
	if (view.flags & NETCAP_RECORD_ETHERNET) {
		packet.window = bytes + NETCAP_ETHERNET_PLACE;
		netcap_open_window(bytes + NETCAP_ETHERNET_PLACE, &view);
		return netcap_filter_ethernet(&packet);
	}
	packet.window = bytes;
	bpf_probe_read_kernel(bytes, NETCAP_WINDOW, (void *)view.start);
	return netcap_filter_network(&packet);
}

/* UNDECIDED: only netcap_ask_window() can tell. SHORT: too short for the quick filter. */
enum netcap_answer { NETCAP_REJECTED, NETCAP_ACCEPTED, NETCAP_UNDECIDED, NETCAP_SHORT };

static __always_inline enum netcap_answer netcap_answer_of(const struct netcap_packet *packet,
							   bool matched)
{
	if (matched)
		return NETCAP_ACCEPTED;
	if (packet->again)
		return NETCAP_SHORT;
	return packet->beyond ? NETCAP_UNDECIDED : NETCAP_REJECTED;
}

/* The same over the window, quickly: for frames without a tag in the metadata. */
static __noinline enum netcap_answer netcap_ask_window_quickly(__u64 skb)
{
	__u8 bytes[NETCAP_ROOM] __attribute__((aligned(8)));
	struct netcap_packet packet = { .reader = NETCAP_READER_WINDOW, .linear = true };
	struct netcap_fields fields;
	struct netcap_place place;

	if (!netcap_read_fields(skb, bytes, &fields))
		return NETCAP_REJECTED;
	place = netcap_find_start(fields.mac_header, fields.network_header, fields.data);
	if (!place.is_ethernet || unlikely(fields.tag) ||
	    unlikely(place.start < NETCAP_ETHERNET_PLACE))
		return NETCAP_UNDECIDED;
	packet.skb = skb;
	packet.start = fields.head + place.start;
	packet.shared = fields.head + fields.end;
	packet.whole = (__s64)fields.tail - place.start;
	packet.layout = (__u32)packet.whole;
	packet.pulled = fields.data - place.start;
	packet.size = NETCAP_WINDOW;
	packet.near = NETCAP_WINDOW;
	packet.window = bytes + NETCAP_ETHERNET_PLACE;
	/*
	 * From before the packet, to where the buffer starts: the helper stores eight bytes at a
	 * time, and the processor is slow to load what lies in two stores.
	 */
	bpf_probe_read_kernel(bytes, NETCAP_WINDOW + NETCAP_ETHERNET_PLACE,
			      (void *)(packet.start - NETCAP_ETHERNET_PLACE));
	return netcap_answer_of(&packet, netcap_quick_ethernet(&packet));
}

/* Where the filter reads, by casts. */
static __always_inline void netcap_aim(struct netcap_packet *packet, const struct sk_buff *skb,
				       __u64 head, __s64 data, __s64 start)
{
	packet->pulled = data - start;
	packet->start = head + start;
	packet->bytes = NETCAP_CAST(packet->start);
	packet->whole = skb->tail - start;
}

/*
 * The verdict without any helper, for packets without a tag in the metadata. `quickly`: by the
 * quick filter. Members of the skb are loaded where they are needed; what a kind of packet needs
 * stands in its branch, so that the compiler has nothing to carry from one to the next.
 */
static __always_inline enum netcap_answer netcap_ask_cast(__u64 address, bool quickly)
{
	const struct sk_buff *skb = netcap_skb(address);
	__u64 head = (__u64)skb->head, mac_header = skb->mac_header;
	__u64 network_header = skb->network_header;
	struct netcap_packet packet = { .reader = NETCAP_READER_CAST, .linear = true };
	__s64 data = (__u64)skb->data - head;
	struct netcap_place place = netcap_find_start(mac_header, network_header, data);
	bool matched;

	packet.skb = address;
	packet.members = skb;
	if (likely(place.is_ethernet)) {
		if (unlikely(netcap_tag(skb)))
			return NETCAP_UNDECIDED;
		netcap_aim(&packet, skb, head, data, place.start);
		matched = quickly ? netcap_quick_ethernet(&packet) :
				    netcap_filter_ethernet(&packet);
	} else {
		netcap_aim(&packet, skb, head, data, place.start);
		matched = quickly ? netcap_quick_network(&packet) :
				    netcap_filter_network(&packet);
	}
	packet.beyond = packet.beyond && NETCAP_MEMBER(skb, data_len);
	return netcap_answer_of(&packet, matched);
}

/* For packets that are too short for the quick filter. */
static __noinline enum netcap_answer netcap_ask_exactly(__u64 skb)
{
	return netcap_ask_cast(skb, false);
}

/*
 * Does the packet match? Inlined where it is asked: in the one function that captures for all
 * programs.
 */
static __always_inline __u32 netcap_verdict(__u64 skb)
{
	enum netcap_answer answer;

	if (bpf_rdonly_cast && netcap_knobs.reader != NETCAP_READER_WINDOW) {
		answer = netcap_ask_cast(skb, true);
		if (unlikely(answer == NETCAP_SHORT))
			answer = netcap_ask_exactly(skb);
	} else {
		answer = netcap_ask_window_quickly(skb);
		/* Apart from the other way: where neither is shared, the verifier drops the test. */
		netcap_opaque(answer);
	}
	return unlikely(answer >= NETCAP_UNDECIDED) ? netcap_ask_window(skb) : answer;
}

/* What the record of a packet that matched says. Not inlined, for the sake of the stack. */
static __noinline int netcap_describe(struct netcap_view *view)
{
	__u8 bytes[NETCAP_FIELDS_SIZE] __attribute__((aligned(8)));

	netcap_open_view(view->packet, bytes, view);
	view->length += netcap_skb_length(view->packet);
	return 0;
}
