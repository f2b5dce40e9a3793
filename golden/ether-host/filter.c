/* @netcap:filter */
#define NETCAP_WINDOW 14

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* ether src 02:00:00:00:00:01 */
	if (!netcap_has(packet, 12))
		return false;
	if ((netcap_u64(packet, 4) & 0xffffffffffffULL) == 0x20000000001ULL)
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"ether src 02:00:00:00:00:01\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
