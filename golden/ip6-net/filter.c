/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* net 2001:db8::/48 */
	if (!netcap_has(packet, 30))
		return false;
	if (netcap_u16(packet, 12) != 0x86dd)
		return false;
	if (netcap_u32(packet, 22) != 0x20010db8)
		goto block_3;
	if ((netcap_u32(packet, 26) & 0xffff0000U) == 0)
		return true;
block_3:
	/* net 2001:db8::/48 */
	if (!netcap_has(packet, 46))
		return false;
	if (netcap_u32(packet, 38) != 0x20010db8)
		return false;
	if ((netcap_u32(packet, 42) & 0xffff0000U) == 0)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* net 2001:db8::/48 */
	if (netcap_protocol(packet) != 0x86dd)
		return false;
	if (!netcap_has(packet, 16))
		return false;
	if (netcap_u32(packet, 8) != 0x20010db8)
		goto block_3;
	if ((netcap_u32(packet, 12) & 0xffff0000U) == 0)
		return true;
block_3:
	/* net 2001:db8::/48 */
	if (!netcap_has(packet, 32))
		return false;
	if (netcap_u32(packet, 24) != 0x20010db8)
		return false;
	if ((netcap_u32(packet, 28) & 0xffff0000U) == 0)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"net 2001:db8::/48\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
