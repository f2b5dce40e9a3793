/* @netcap:filter */
#define NETCAP_WINDOW 62

static __always_inline bool netcap_set_1(__u32 value)
{
	return value - 0xa000001U <= 1U;
}

static __always_inline bool netcap_set_2(__u32 value)
{
	return value == 6U || value == 17U || value == 132U;
}

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 word_20;
	__u32 index;

	/* src host 10.0.0.1 */
	if (!netcap_has(packet, 30))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		goto block_10;
	/* src host 10.0.0.1 or 10.0.0.2 */
	if (!netcap_set_1(netcap_u32(packet, 26)))
		goto block_6;
	/* dst port 80 */
	word_20 = netcap_u32(packet, 20);
	if (!netcap_set_2(word_20 & 0xff))
		return true;
	if (((word_20 >> 16) & 0x1fffU) != 0)
		return true;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if (netcap_u16_at(packet, index, 16) == 80)
		return false;
	return true;
block_6:
	/* 443 */
	word_20 = netcap_u32(packet, 20);
	if (!netcap_set_2(word_20 & 0xff))
		return false;
	if (((word_20 >> 16) & 0x1fffU) != 0)
		return false;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if (netcap_u16_at(packet, index, 16) == 0x1bb)
		return true;
	return false;
block_10:
	/* src host 10.0.0.1 */
	if ((word_12 >> 16) == 0x806)
		goto block_15;
	/* 443 */
	if ((word_12 >> 16) != 0x86dd)
		goto block_14;
	if (!netcap_has(packet, 58))
		return false;
	if (!netcap_set_2(netcap_u8(packet, 20)))
		return false;
	if (netcap_u16(packet, 56) == 0x1bb)
		return true;
	return false;
block_14:
	/* src host 10.0.0.1 */
	if ((word_12 >> 16) != 0x8035)
		return false;
block_15:
	/* src host 10.0.0.1 or 10.0.0.2 */
	if (!netcap_has(packet, 32))
		return false;
	if (netcap_set_1(netcap_u32(packet, 28)))
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u64 word_8;
	__u64 word_0;
	__u32 index;

	/* src host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x800)
		goto block_10;
	/* src host 10.0.0.1 or 10.0.0.2 */
	if (!netcap_has(packet, 16))
		return false;
	word_8 = netcap_u64(packet, 8);
	if (!netcap_set_1((__u32)word_8))
		goto block_6;
	/* dst port 80 */
	if (!netcap_set_2((__u32)(word_8 >> 48) & 0xff))
		return true;
	word_0 = netcap_u64(packet, 0);
	if (((__u32)word_0 & 0x1fffU) != 0)
		return true;
	index = ((__u32)(word_0 >> 56) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if (netcap_u16_at(packet, index, 2) == 80)
		return false;
	return true;
block_6:
	/* 443 */
	if (!netcap_set_2((__u32)(word_8 >> 48) & 0xff))
		return false;
	word_0 = netcap_u64(packet, 0);
	if (((__u32)word_0 & 0x1fffU) != 0)
		return false;
	index = ((__u32)(word_0 >> 56) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if (netcap_u16_at(packet, index, 2) == 0x1bb)
		return true;
	return false;
block_10:
	/* src host 10.0.0.1 */
	if (netcap_protocol(packet) == 0x806)
		goto block_15;
	/* 443 */
	if (netcap_protocol(packet) != 0x86dd)
		goto block_14;
	if (!netcap_has(packet, 44))
		return false;
	if (!netcap_set_2(netcap_u8(packet, 6)))
		return false;
	if (netcap_u16(packet, 42) == 0x1bb)
		return true;
	return false;
block_14:
	/* src host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x8035)
		return false;
block_15:
	/* src host 10.0.0.1 or 10.0.0.2 */
	if (!netcap_has(packet, 18))
		return false;
	if (netcap_set_1(netcap_u32(packet, 14)))
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"src host 10.0.0.1 or 10.0.0.2 and not dst port 80 or 443\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
