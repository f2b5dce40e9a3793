/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* tcp port 80 */
	if (!netcap_has(packet, 24))
		return false;
	if (netcap_u16(packet, 12) == 0x86dd)
		return false;
	if (netcap_u16(packet, 12) != 0x800)
		return false;
	if (netcap_u8(packet, 23) != 6)
		return false;
	if ((netcap_u16(packet, 20) & 0x1fffU) != 0)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 16))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 14) == 80)
		goto block_6;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 18))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 16) != 80)
		return false;
block_6:
	/* tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420 */
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 27))
		return false;
	if (!netcap_has(packet, (__u64)(((netcap_u8(packet, 14) & 15U) << 2) + ((netcap_u8_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 26) & 240U) >> 2)) + 18))
		return false;
	if (netcap_u32_at(packet, ((netcap_u8(packet, 14) & 15U) << 2) + ((netcap_u8_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 26) & 240U) >> 2), 14) == 0x47455420)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* tcp port 80 */
	if (netcap_protocol(packet) == 0x86dd)
		return false;
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 10))
		return false;
	if (netcap_u8(packet, 9) != 6)
		return false;
	if ((netcap_u16(packet, 6) & 0x1fffU) != 0)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 2))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 0) == 80)
		goto block_6;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 4))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 2) != 80)
		return false;
block_6:
	/* tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420 */
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 13))
		return false;
	if (!netcap_has(packet, (__u64)(((netcap_u8(packet, 0) & 15U) << 2) + ((netcap_u8_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 12) & 240U) >> 2)) + 4))
		return false;
	if (netcap_u32_at(packet, ((netcap_u8(packet, 0) & 15U) << 2) + ((netcap_u8_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 12) & 240U) >> 2), 0) == 0x47455420)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"tcp port 80 and tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
