/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* ether src 02:00:00:00:00:01 */
	if (!netcap_has(packet, 12))
		return false;
	if (netcap_u32(packet, 8) != 1)
		return false;
	if (netcap_u16(packet, 6) == 0x200)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"ether src 02:00:00:00:00:01\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
