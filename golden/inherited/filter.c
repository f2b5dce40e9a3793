/* @netcap:filter */
#define NETCAP_WINDOW 64

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 word_26;
	__u32 word_20;
	__u32 index;
	__u32 word_20_2;
	__u32 word_28;

	/* src host 10.0.0.1 */
	if (!netcap_has(packet, 30))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		goto block_15;
	word_26 = netcap_u32(packet, 26);
	if (word_26 == 0xa000001)
		goto block_3;
	/* 10.0.0.2 */
	if (word_26 != 0xa000002)
		goto block_9;
block_3:
	/* dst port 80 */
	word_20 = netcap_u32(packet, 20);
	if ((word_20 & 0xff) == 6)
		goto block_6;
	if ((word_20 & 0xff) == 17)
		goto block_6;
	if ((word_20 & 0xff) != 132)
		return true;
block_6:
	/* dst port 80 */
	if (((word_20 >> 16) & 0x1fffU) != 0)
		return true;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if (netcap_u16_at(packet, index, 16) == 80)
		return false;
	return true;
block_9:
	/* 443 */
	word_20 = netcap_u32(packet, 20);
	if ((word_20 & 0xff) == 6)
		goto block_12;
	if ((word_20 & 0xff) == 17)
		goto block_12;
	if ((word_20 & 0xff) != 132)
		return false;
block_12:
	/* 443 */
	if (((word_20 >> 16) & 0x1fffU) != 0)
		return false;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if (netcap_u16_at(packet, index, 16) == 0x1bb)
		return true;
	return false;
block_15:
	/* src host 10.0.0.1 */
	if ((word_12 >> 16) == 0x806)
		goto block_22;
	/* 443 */
	if ((word_12 >> 16) != 0x86dd)
		goto block_21;
	if (!netcap_has(packet, 58))
		return false;
	word_20_2 = netcap_u8(packet, 20);
	if (word_20_2 == 6)
		goto block_20;
	if (word_20_2 == 17)
		goto block_20;
	if (word_20_2 != 132)
		return false;
block_20:
	/* 443 */
	if (netcap_u16(packet, 56) == 0x1bb)
		return true;
	return false;
block_21:
	/* src host 10.0.0.1 */
	if ((word_12 >> 16) != 0x8035)
		return false;
block_22:
	/* src host 10.0.0.1 */
	if (!netcap_has(packet, 32))
		return false;
	word_28 = netcap_u32(packet, 28);
	if (word_28 == 0xa000001)
		return true;
	/* 10.0.0.2 */
	if (word_28 == 0xa000002)
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u64 word_8;
	__u64 word_0;
	__u32 index;
	__u32 word_6;
	__u32 word_14;

	/* src host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x800)
		goto block_15;
	if (!netcap_has(packet, 16))
		return false;
	word_8 = netcap_u64(packet, 8);
	if ((__u32)word_8 == 0xa000001)
		goto block_3;
	/* 10.0.0.2 */
	if ((__u32)word_8 != 0xa000002)
		goto block_9;
block_3:
	/* dst port 80 */
	if (((__u32)(word_8 >> 48) & 0xff) == 6)
		goto block_6;
	if (((__u32)(word_8 >> 48) & 0xff) == 17)
		goto block_6;
	if (((__u32)(word_8 >> 48) & 0xff) != 132)
		return true;
block_6:
	/* dst port 80 */
	word_0 = netcap_u64(packet, 0);
	if (((__u32)word_0 & 0x1fffU) != 0)
		return true;
	index = ((__u32)(word_0 >> 56) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if (netcap_u16_at(packet, index, 2) == 80)
		return false;
	return true;
block_9:
	/* 443 */
	if (((__u32)(word_8 >> 48) & 0xff) == 6)
		goto block_12;
	if (((__u32)(word_8 >> 48) & 0xff) == 17)
		goto block_12;
	if (((__u32)(word_8 >> 48) & 0xff) != 132)
		return false;
block_12:
	/* 443 */
	word_0 = netcap_u64(packet, 0);
	if (((__u32)word_0 & 0x1fffU) != 0)
		return false;
	index = ((__u32)(word_0 >> 56) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if (netcap_u16_at(packet, index, 2) == 0x1bb)
		return true;
	return false;
block_15:
	/* src host 10.0.0.1 */
	if (netcap_protocol(packet) == 0x806)
		goto block_22;
	/* 443 */
	if (netcap_protocol(packet) != 0x86dd)
		goto block_21;
	if (!netcap_has(packet, 44))
		return false;
	word_6 = netcap_u8(packet, 6);
	if (word_6 == 6)
		goto block_20;
	if (word_6 == 17)
		goto block_20;
	if (word_6 != 132)
		return false;
block_20:
	/* 443 */
	if (netcap_u16(packet, 42) == 0x1bb)
		return true;
	return false;
block_21:
	/* src host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x8035)
		return false;
block_22:
	/* src host 10.0.0.1 */
	if (!netcap_has(packet, 18))
		return false;
	word_14 = netcap_u32(packet, 14);
	if (word_14 == 0xa000001)
		return true;
	/* 10.0.0.2 */
	if (word_14 == 0xa000002)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"src host 10.0.0.1 or 10.0.0.2 and not dst port 80 or 443\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
