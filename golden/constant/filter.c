/* @netcap:filter */
#define NETCAP_WINDOW 14

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* ip[0] */
	if (!netcap_has(packet, 15))
		return false;
	if (netcap_u16(packet, 12) == 0x800)
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* ip[0] */
	if (netcap_protocol(packet) != 0x800)
		return false;
	/* ip[0] * 0 = 0 */
	if (!netcap_has(packet, 1))
		return false;
	return true;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"ip[0] * 0 = 0 and 1 + 2 = 3\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
