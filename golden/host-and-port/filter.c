/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* host 10.0.0.1 */
	if (!netcap_has(packet, 30))
		return false;
	if (netcap_u16(packet, 12) != 0x800)
		return false;
	if (netcap_u32(packet, 26) == 0xa000001)
		goto block_3;
	if (!netcap_has(packet, 34))
		return false;
	if (netcap_u32(packet, 30) != 0xa000001)
		return false;
block_3:
	/* tcp port 80 */
	if (netcap_u8(packet, 23) != 6)
		return false;
	if ((netcap_u16(packet, 20) & 0x1fffU) != 0)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 16))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 14) == 80)
		return true;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 18))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 16) == 80)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 16))
		return false;
	if (netcap_u32(packet, 12) == 0xa000001)
		goto block_3;
	if (!netcap_has(packet, 20))
		return false;
	if (netcap_u32(packet, 16) != 0xa000001)
		return false;
block_3:
	/* tcp port 80 */
	if (netcap_u8(packet, 9) != 6)
		return false;
	if ((netcap_u16(packet, 6) & 0x1fffU) != 0)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 2))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 0) == 80)
		return true;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 4))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 2) == 80)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"host 10.0.0.1 and tcp port 80\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
