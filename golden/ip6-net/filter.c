/* @netcap:filter */
#define NETCAP_WINDOW 46

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* net 2001:db8::/48 */
	if (!netcap_has(packet, 30))
		return false;
	if (netcap_u16(packet, 12) != 0x86dd)
		return false;
	if ((netcap_u64(packet, 22) & 0xffffffffffff0000ULL) == 0x20010db800000000ULL)
		return true;
	if (!netcap_has(packet, 46))
		return false;
	if ((netcap_u64(packet, 38) & 0xffffffffffff0000ULL) == 0x20010db800000000ULL)
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* net 2001:db8::/48 */
	if (netcap_protocol(packet) != 0x86dd)
		return false;
	if (!netcap_has(packet, 16))
		return false;
	if ((netcap_u64(packet, 8) & 0xffffffffffff0000ULL) == 0x20010db800000000ULL)
		return true;
	if (!netcap_has(packet, 32))
		return false;
	if ((netcap_u64(packet, 24) & 0xffffffffffff0000ULL) == 0x20010db800000000ULL)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"net 2001:db8::/48\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
