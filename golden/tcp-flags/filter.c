/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* tcp[tcpflags] */
	if (!netcap_has(packet, 30))
		return false;
	if (netcap_u16(packet, 12) != 0x800)
		return false;
	if (netcap_u8(packet, 23) != 6)
		return false;
	if ((netcap_u16(packet, 20) & 0x1fffU) != 0)
		return false;
	/* tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 */
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 28))
		return false;
	if ((netcap_u8_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 27) & 3U) == 0)
		return false;
	/* src and dst net 10.0.0.0/8 */
	if ((netcap_u32(packet, 26) & 0xff000000U) != 0xa000000)
		return true;
	if (!netcap_has(packet, 34))
		return false;
	if ((netcap_u32(packet, 30) & 0xff000000U) == 0xa000000)
		return false;
	return true;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* tcp[tcpflags] */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 16))
		return false;
	if (netcap_u8(packet, 9) != 6)
		return false;
	if ((netcap_u16(packet, 6) & 0x1fffU) != 0)
		return false;
	/* tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 */
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 14))
		return false;
	if ((netcap_u8_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 13) & 3U) == 0)
		return false;
	/* src and dst net 10.0.0.0/8 */
	if ((netcap_u32(packet, 12) & 0xff000000U) != 0xa000000)
		return true;
	if (!netcap_has(packet, 20))
		return false;
	if ((netcap_u32(packet, 16) & 0xff000000U) == 0xa000000)
		return false;
	return true;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not src and dst net 10.0.0.0/8\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
