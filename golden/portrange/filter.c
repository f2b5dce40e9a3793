/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* udp dst portrange 1000-2000 */
	if (!netcap_has(packet, 24))
		return false;
	if (netcap_u16(packet, 12) != 0x86dd)
		goto block_4;
	if (!netcap_has(packet, 58))
		return false;
	if (netcap_u8(packet, 20) != 17)
		return false;
	if (netcap_u16(packet, 56) < 0x3e8)
		return false;
	if (netcap_u16(packet, 56) <= 0x7d0)
		return true;
	return false;
block_4:
	/* udp dst portrange 1000-2000 */
	if (netcap_u16(packet, 12) != 0x800)
		return false;
	if (netcap_u8(packet, 23) != 17)
		return false;
	if ((netcap_u16(packet, 20) & 0x1fffU) != 0)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 18))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 16) < 0x3e8)
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 16) <= 0x7d0)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* udp dst portrange 1000-2000 */
	if (netcap_protocol(packet) != 0x86dd)
		goto block_4;
	if (!netcap_has(packet, 44))
		return false;
	if (netcap_u8(packet, 6) != 17)
		return false;
	if (netcap_u16(packet, 42) < 0x3e8)
		return false;
	if (netcap_u16(packet, 42) <= 0x7d0)
		return true;
	return false;
block_4:
	/* udp dst portrange 1000-2000 */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 10))
		return false;
	if (netcap_u8(packet, 9) != 17)
		return false;
	if ((netcap_u16(packet, 6) & 0x1fffU) != 0)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 4))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 2) < 0x3e8)
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 2) <= 0x7d0)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"udp dst portrange 1000-2000\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
