/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* ether proto 0x42 */
	if (!netcap_has(packet, 14))
		return false;
	if (netcap_u16(packet, 12) > 0x5dc)
		goto block_2;
	if (!netcap_has(packet, 15))
		return false;
	if (netcap_u8(packet, 14) == 66)
		return true;
	return false;
block_2:
	/* ether proto 0x0800 */
	if (netcap_u16(packet, 12) == 0x800)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* ether proto 0x0800 */
	if (netcap_protocol(packet) == 0x800)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"ether proto 0x42 or ether proto 0x0800\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
