/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* tcp port 22 */
	if (!netcap_has(packet, 24))
		return false;
	if (netcap_u16(packet, 12) == 0x86dd)
		return false;
	if (netcap_u16(packet, 12) != 0x800)
		return false;
	if (netcap_u8(packet, 23) != 6)
		goto block_6;
	if ((netcap_u16(packet, 20) & 0x1fffU) != 0)
		return true;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 16))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 14) == 22)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 18))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 16) == 22)
		return false;
	return true;
block_6:
	/* udp port 53 */
	if (netcap_u8(packet, 23) != 17)
		return true;
	if ((netcap_u16(packet, 20) & 0x1fffU) != 0)
		return true;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 16))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 14) == 53)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 18))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 16) == 53)
		return false;
	return true;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* tcp port 22 */
	if (netcap_protocol(packet) == 0x86dd)
		return false;
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 10))
		return false;
	if (netcap_u8(packet, 9) != 6)
		goto block_6;
	if ((netcap_u16(packet, 6) & 0x1fffU) != 0)
		return true;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 2))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 0) == 22)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 4))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 2) == 22)
		return false;
	return true;
block_6:
	/* udp port 53 */
	if (netcap_u8(packet, 9) != 17)
		return true;
	if ((netcap_u16(packet, 6) & 0x1fffU) != 0)
		return true;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 2))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 0) == 53)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 4))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 2) == 53)
		return false;
	return true;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"not (tcp port 22 or udp port 53) and ip\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
