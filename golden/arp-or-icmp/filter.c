/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* arp */
	if (!netcap_has(packet, 14))
		return false;
	if (netcap_u16(packet, 12) == 0x806)
		return true;
	/* icmp */
	if (netcap_u16(packet, 12) != 0x800)
		return false;
	if (!netcap_has(packet, 24))
		return false;
	if (netcap_u8(packet, 23) == 1)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* arp */
	if (netcap_protocol(packet) == 0x806)
		return true;
	/* icmp */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 10))
		return false;
	if (netcap_u8(packet, 9) == 1)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"arp or icmp\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
