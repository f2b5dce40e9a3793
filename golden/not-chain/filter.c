/* @netcap:filter */
#define NETCAP_WINDOW 38

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 word_20;
	__u32 index;
	__u32 index_word_14;

	/* tcp port 22 */
	if (!netcap_has(packet, 24))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		return false;
	word_20 = netcap_u32(packet, 20);
	if ((word_20 & 0x1fff00ffU) != 6)
		goto block_6;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 16))
		return false;
	index_word_14 = netcap_u32_at(packet, index, 14);
	if ((index_word_14 >> 16) == 22)
		return false;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if ((index_word_14 & 0xffff) == 22)
		return false;
	return true;
block_6:
	/* udp port 53 */
	if ((word_20 & 0x1fff00ffU) != 17)
		return true;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 16))
		return false;
	index_word_14 = netcap_u32_at(packet, index, 14);
	if ((index_word_14 >> 16) == 53)
		return false;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if ((index_word_14 & 0xffff) == 53)
		return false;
	return true;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 word_20;
	__u32 index;
	__u32 index_word_14;

	/* tcp port 22 */
	if (!netcap_has(packet, 24))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		return false;
	word_20 = netcap_u32(packet, 20);
	if ((word_20 & 0x1fff00ffU) != 6)
		goto block_6;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 18))
		goto short_packet;
	index_word_14 = netcap_u32_at(packet, index, 14);
	if ((index_word_14 >> 16) == 22)
		return false;
	if ((index_word_14 & 0xffff) == 22)
		return false;
	return true;
block_6:
	/* udp port 53 */
	if ((word_20 & 0x1fff00ffU) != 17)
		return true;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 18))
		goto short_packet;
	index_word_14 = netcap_u32_at(packet, index, 14);
	if ((index_word_14 >> 16) == 53)
		return false;
	if ((index_word_14 & 0xffff) == 53)
		return false;
	return true;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u32 word_6;
	__u32 index;
	__u32 index_word_0;

	/* tcp port 22 */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 10))
		return false;
	word_6 = netcap_u32(packet, 6);
	if ((word_6 & 0x1fff00ffU) != 6)
		goto block_5;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 2))
		return false;
	index_word_0 = netcap_u32_at(packet, index, 0);
	if ((index_word_0 >> 16) == 22)
		return false;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if ((index_word_0 & 0xffff) == 22)
		return false;
	return true;
block_5:
	/* udp port 53 */
	if ((word_6 & 0x1fff00ffU) != 17)
		return true;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 2))
		return false;
	index_word_0 = netcap_u32_at(packet, index, 0);
	if ((index_word_0 >> 16) == 53)
		return false;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if ((index_word_0 & 0xffff) == 53)
		return false;
	return true;
}

static __always_inline bool netcap_quick_network(const struct netcap_packet *packet)
{
	__u32 word_6;
	__u32 index;
	__u32 index_word_0;

	/* tcp port 22 */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 10))
		return false;
	word_6 = netcap_u32(packet, 6);
	if ((word_6 & 0x1fff00ffU) != 6)
		goto block_5;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 4))
		goto short_packet;
	index_word_0 = netcap_u32_at(packet, index, 0);
	if ((index_word_0 >> 16) == 22)
		return false;
	if ((index_word_0 & 0xffff) == 22)
		return false;
	return true;
block_5:
	/* udp port 53 */
	if ((word_6 & 0x1fff00ffU) != 17)
		return true;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 4))
		goto short_packet;
	index_word_0 = netcap_u32_at(packet, index, 0);
	if ((index_word_0 >> 16) == 53)
		return false;
	if ((index_word_0 & 0xffff) == 53)
		return false;
	return true;
short_packet:
	return netcap_ask_again(packet);
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"not (tcp port 22 or udp port 53) and ip\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
