/* @netcap:filter */
#define NETCAP_WINDOW 54

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 index;
	__u32 index_word_14;
	__u32 index_2;

	/* tcp port 80 */
	if (!netcap_has(packet, 24))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		return false;
	if ((netcap_u32(packet, 20) & 0x1fff00ffU) != 6)
		return false;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 16))
		return false;
	index_word_14 = netcap_u32_at(packet, index, 14);
	if ((index_word_14 >> 16) == 80)
		goto block_6;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if ((index_word_14 & 0xffff) != 80)
		return false;
block_6:
	/* tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420 */
	index_2 = index + ((netcap_u8_at(packet, index, 26) & 240U) >> 2);
	if (!netcap_has(packet, (__u64)index + 27))
		return false;
	if (!netcap_has(packet, (__u64)index_2 + 18))
		return false;
	if (netcap_u32_at(packet, index_2, 14) == 0x47455420)
		return true;
	return false;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 index;
	__u32 index_word_14;
	__u32 index_2;

	/* tcp port 80 */
	if (!netcap_has(packet, 24))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		return false;
	if ((netcap_u32(packet, 20) & 0x1fff00ffU) != 6)
		return false;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 27))
		goto short_packet;
	index_word_14 = netcap_u32_at(packet, index, 14);
	if ((index_word_14 >> 16) == 80)
		goto block_6;
	if ((index_word_14 & 0xffff) != 80)
		return false;
block_6:
	/* tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420 */
	index_2 = index + ((netcap_u8_at(packet, index, 26) & 240U) >> 2);
	if (!netcap_has(packet, (__u64)index_2 + 18))
		return false;
	if (netcap_u32_at(packet, index_2, 14) == 0x47455420)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u32 index;
	__u32 index_word_0;
	__u32 index_2;

	/* tcp port 80 */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 10))
		return false;
	if ((netcap_u32(packet, 6) & 0x1fff00ffU) != 6)
		return false;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 2))
		return false;
	index_word_0 = netcap_u32_at(packet, index, 0);
	if ((index_word_0 >> 16) == 80)
		goto block_5;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if ((index_word_0 & 0xffff) != 80)
		return false;
block_5:
	/* tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420 */
	index_2 = index + ((netcap_u8_at(packet, index, 12) & 240U) >> 2);
	if (!netcap_has(packet, (__u64)index + 13))
		return false;
	if (!netcap_has(packet, (__u64)index_2 + 4))
		return false;
	if (netcap_u32_at(packet, index_2, 0) == 0x47455420)
		return true;
	return false;
}

static __always_inline bool netcap_quick_network(const struct netcap_packet *packet)
{
	__u32 index;
	__u32 index_word_0;
	__u32 index_2;

	/* tcp port 80 */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 10))
		return false;
	if ((netcap_u32(packet, 6) & 0x1fff00ffU) != 6)
		return false;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 13))
		goto short_packet;
	index_word_0 = netcap_u32_at(packet, index, 0);
	if ((index_word_0 >> 16) == 80)
		goto block_5;
	if ((index_word_0 & 0xffff) != 80)
		return false;
block_5:
	/* tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420 */
	index_2 = index + ((netcap_u8_at(packet, index, 12) & 240U) >> 2);
	if (!netcap_has(packet, (__u64)index_2 + 4))
		return false;
	if (netcap_u32_at(packet, index_2, 0) == 0x47455420)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"tcp port 80 and tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
