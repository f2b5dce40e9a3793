/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* src host 10.0.0.1 */
	if (!netcap_has(packet, 30))
		return false;
	if (netcap_u16(packet, 12) != 0x800)
		goto block_2;
	if (netcap_u32(packet, 26) == 0xa000001)
		goto block_7;
	goto block_5;
block_2:
	/* src host 10.0.0.1 */
	if (netcap_u16(packet, 12) == 0x806)
		goto block_4;
	if (netcap_u16(packet, 12) != 0x8035)
		goto block_12;
block_4:
	/* src host 10.0.0.1 */
	if (!netcap_has(packet, 32))
		return false;
	if (netcap_u32(packet, 28) == 0xa000001)
		return true;
	goto block_6;
block_5:
	/* 10.0.0.2 */
	if (netcap_u32(packet, 26) == 0xa000002)
		goto block_7;
	goto block_17;
block_6:
	/* 10.0.0.2 */
	if (netcap_u32(packet, 28) == 0xa000002)
		return true;
	return false;
block_7:
	/* dst port 80 */
	if (netcap_u8(packet, 23) == 6)
		goto block_10;
	if (netcap_u8(packet, 23) == 17)
		goto block_10;
	if (netcap_u8(packet, 23) != 132)
		return true;
block_10:
	/* dst port 80 */
	if ((netcap_u16(packet, 20) & 0x1fffU) != 0)
		return true;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 18))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 16) == 80)
		return false;
	return true;
block_12:
	/* 443 */
	if (netcap_u16(packet, 12) != 0x86dd)
		return false;
	if (!netcap_has(packet, 58))
		return false;
	if (netcap_u8(packet, 20) == 6)
		goto block_16;
	if (netcap_u8(packet, 20) == 17)
		goto block_16;
	if (netcap_u8(packet, 20) != 132)
		return false;
block_16:
	/* 443 */
	if (netcap_u16(packet, 56) == 0x1bb)
		return true;
	return false;
block_17:
	/* 443 */
	if (netcap_u8(packet, 23) == 6)
		goto block_20;
	if (netcap_u8(packet, 23) == 17)
		goto block_20;
	if (netcap_u8(packet, 23) != 132)
		return false;
block_20:
	/* 443 */
	if ((netcap_u16(packet, 20) & 0x1fffU) != 0)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 14) & 15U) << 2) + 18))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 14) & 15U) << 2, 16) == 0x1bb)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* src host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x800)
		goto block_2;
	if (!netcap_has(packet, 16))
		return false;
	if (netcap_u32(packet, 12) == 0xa000001)
		goto block_7;
	goto block_5;
block_2:
	/* src host 10.0.0.1 */
	if (netcap_protocol(packet) == 0x806)
		goto block_4;
	if (netcap_protocol(packet) != 0x8035)
		goto block_12;
block_4:
	/* src host 10.0.0.1 */
	if (!netcap_has(packet, 18))
		return false;
	if (netcap_u32(packet, 14) == 0xa000001)
		return true;
	goto block_6;
block_5:
	/* 10.0.0.2 */
	if (netcap_u32(packet, 12) == 0xa000002)
		goto block_7;
	goto block_17;
block_6:
	/* 10.0.0.2 */
	if (netcap_u32(packet, 14) == 0xa000002)
		return true;
	return false;
block_7:
	/* dst port 80 */
	if (netcap_u8(packet, 9) == 6)
		goto block_10;
	if (netcap_u8(packet, 9) == 17)
		goto block_10;
	if (netcap_u8(packet, 9) != 132)
		return true;
block_10:
	/* dst port 80 */
	if ((netcap_u16(packet, 6) & 0x1fffU) != 0)
		return true;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 4))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 2) == 80)
		return false;
	return true;
block_12:
	/* 443 */
	if (netcap_protocol(packet) != 0x86dd)
		return false;
	if (!netcap_has(packet, 44))
		return false;
	if (netcap_u8(packet, 6) == 6)
		goto block_16;
	if (netcap_u8(packet, 6) == 17)
		goto block_16;
	if (netcap_u8(packet, 6) != 132)
		return false;
block_16:
	/* 443 */
	if (netcap_u16(packet, 42) == 0x1bb)
		return true;
	return false;
block_17:
	/* 443 */
	if (netcap_u8(packet, 9) == 6)
		goto block_20;
	if (netcap_u8(packet, 9) == 17)
		goto block_20;
	if (netcap_u8(packet, 9) != 132)
		return false;
block_20:
	/* 443 */
	if ((netcap_u16(packet, 6) & 0x1fffU) != 0)
		return false;
	if (!netcap_has(packet, (__u64)((netcap_u8(packet, 0) & 15U) << 2) + 4))
		return false;
	if (netcap_u16_at(packet, (netcap_u8(packet, 0) & 15U) << 2, 2) == 0x1bb)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"src host 10.0.0.1 or 10.0.0.2 and not dst port 80 or 443\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
