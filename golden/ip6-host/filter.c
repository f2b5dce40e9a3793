/* @netcap:filter */
#define NETCAP_WINDOW 54

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* dst host 2001:db8::1 */
	if (!netcap_has(packet, 54))
		return false;
	if (netcap_u16(packet, 12) != 0x86dd)
		return false;
	if (netcap_u64(packet, 38) != 0x20010db800000000ULL)
		return false;
	if (netcap_u64(packet, 46) == 1)
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* dst host 2001:db8::1 */
	if (netcap_protocol(packet) != 0x86dd)
		return false;
	if (!netcap_has(packet, 40))
		return false;
	if (netcap_u64(packet, 24) != 0x20010db800000000ULL)
		return false;
	if (netcap_u64(packet, 32) == 1)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"dst host 2001:db8::1\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
