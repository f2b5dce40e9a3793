/*
 * Chains of IP headers, for `protochain`: 1 if the protocol is among them, 0 if not, -1 if the packet ends
 * inside the chain or more than 64 headers follow the first. Lengths are in units of 8 bytes behind the
 * first 8, of 4 behind the first 8 for Authentication headers (RFC 8200, RFC 4302).
 */
#define NETCAP_HOP_BY_HOP 0
#define NETCAP_ROUTING 43
#define NETCAP_FRAGMENT 44
#define NETCAP_AUTHENTICATION 51
#define NETCAP_DESTINATION 60
#define NETCAP_HEADERS 64

/* 1 if the two are equal, without a branch. */
static __always_inline __u32 netcap_equal(__u32 left, __u32 right)
{
	__u32 difference = left ^ right;

	asm volatile("" : "+r"(difference));
	return (difference - 1) >> 31;
}

/*
 * One way through a round and several out of it: a verifier follows every way, through all rounds.
 * `walked` has a bit for each header that is walked over.
 */
static __always_inline int netcap_walk_chain(const struct netcap_packet *packet, __u32 next,
					     __u64 place, __u32 protocol, __u64 walked)
{
	__u32 headers;
	__s64 pair;

#pragma clang loop unroll(disable)
	for (headers = 0; headers < NETCAP_HEADERS; headers++) {
		if (next == protocol)
			return 1;
		if (next > 63 || !(walked >> next & 1))
			return 0;
		pair = netcap_pair(packet, place);
		if (pair < 0)
			return -1;
		place += ((pair & 255) << (3 - netcap_equal(next, NETCAP_AUTHENTICATION))) + 8;
		next = pair >> 8 & 255;
	}
	if (next == protocol)
		return 1;
	return next > 63 || !(walked >> next & 1) ? 0 : -1;
}

#define NETCAP_IP_HEADERS (1ull << NETCAP_AUTHENTICATION)
#define NETCAP_IP6_HEADERS                                                                 \
	(NETCAP_IP_HEADERS | 1ull << NETCAP_HOP_BY_HOP | 1ull << NETCAP_ROUTING |           \
	 1ull << NETCAP_FRAGMENT | 1ull << NETCAP_DESTINATION)

static __always_inline int netcap_find_in_ip_chain(const struct netcap_packet *packet, __u32 offset,
						   __u32 protocol)
{
	if (!netcap_has(packet, offset + 10))
		return -1;
	return netcap_walk_chain(packet, netcap_u8(packet, offset + 9),
				 offset + (netcap_u8(packet, offset) & 15) * 4, protocol,
				 NETCAP_IP_HEADERS);
}

static __always_inline int netcap_find_in_ip6_chain(const struct netcap_packet *packet, __u32 offset,
						    __u32 protocol)
{
	if (!netcap_has(packet, offset + 7))
		return -1;
	return netcap_walk_chain(packet, netcap_u8(packet, offset + 6), offset + 40, protocol,
				 NETCAP_IP6_HEADERS);
}
