/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* dst host 2001:db8::1 */
	if (!netcap_has(packet, 54))
		return false;
	if (netcap_u16(packet, 12) != 0x86dd)
		return false;
	if (netcap_u32(packet, 38) != 0x20010db8)
		return false;
	if (netcap_u32(packet, 42) != 0)
		return false;
	if (netcap_u32(packet, 46) != 0)
		return false;
	if (netcap_u32(packet, 50) == 1)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* dst host 2001:db8::1 */
	if (netcap_protocol(packet) != 0x86dd)
		return false;
	if (!netcap_has(packet, 40))
		return false;
	if (netcap_u32(packet, 24) != 0x20010db8)
		return false;
	if (netcap_u32(packet, 28) != 0)
		return false;
	if (netcap_u32(packet, 32) != 0)
		return false;
	if (netcap_u32(packet, 36) == 1)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"dst host 2001:db8::1\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
