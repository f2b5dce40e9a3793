/* @netcap:filter */
#define NETCAP_WINDOW 62

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 index;
	__u32 index_word_14;
	__u32 word_54;

	/* tcp port 80 */
	if (!netcap_has(packet, 24))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		goto block_5;
	if ((netcap_u32(packet, 20) & 0x1fff00ffU) != 6)
		return false;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 16))
		return false;
	index_word_14 = netcap_u32_at(packet, index, 14);
	if ((index_word_14 >> 16) == 80)
		return true;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if ((index_word_14 & 0xffff) == 80)
		return true;
	return false;
block_5:
	/* tcp port 80 */
	if ((word_12 >> 16) != 0x86dd)
		return false;
	if (!netcap_has(packet, 56))
		return false;
	if (netcap_u8(packet, 20) != 6)
		return false;
	word_54 = netcap_u32(packet, 54);
	if ((word_54 >> 16) == 80)
		return true;
	if (!netcap_has(packet, 58))
		return false;
	if ((word_54 & 0xffff) == 80)
		return true;
	return false;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 index;
	__u32 index_word_14;
	__u32 word_54;

	/* tcp port 80 */
	if (!netcap_has(packet, 24))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		goto block_5;
	if ((netcap_u32(packet, 20) & 0x1fff00ffU) != 6)
		return false;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 18))
		goto short_packet;
	index_word_14 = netcap_u32_at(packet, index, 14);
	if ((index_word_14 >> 16) == 80)
		return true;
	if ((index_word_14 & 0xffff) == 80)
		return true;
	return false;
block_5:
	/* tcp port 80 */
	if ((word_12 >> 16) != 0x86dd)
		return false;
	if (!netcap_has(packet, 58))
		goto short_packet;
	if (netcap_u8(packet, 20) != 6)
		return false;
	word_54 = netcap_u32(packet, 54);
	if ((word_54 >> 16) == 80)
		return true;
	if ((word_54 & 0xffff) == 80)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u32 index;
	__u32 index_word_0;
	__u32 word_40;

	/* tcp port 80 */
	if (netcap_protocol(packet) != 0x800)
		goto block_5;
	if (!netcap_has(packet, 10))
		return false;
	if ((netcap_u32(packet, 6) & 0x1fff00ffU) != 6)
		return false;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 2))
		return false;
	index_word_0 = netcap_u32_at(packet, index, 0);
	if ((index_word_0 >> 16) == 80)
		return true;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if ((index_word_0 & 0xffff) == 80)
		return true;
	return false;
block_5:
	/* tcp port 80 */
	if (netcap_protocol(packet) != 0x86dd)
		return false;
	if (!netcap_has(packet, 42))
		return false;
	if (netcap_u8(packet, 6) != 6)
		return false;
	word_40 = netcap_u32(packet, 40);
	if ((word_40 >> 16) == 80)
		return true;
	if (!netcap_has(packet, 44))
		return false;
	if ((word_40 & 0xffff) == 80)
		return true;
	return false;
}

static __always_inline bool netcap_quick_network(const struct netcap_packet *packet)
{
	__u32 index;
	__u32 index_word_0;
	__u32 word_40;

	/* tcp port 80 */
	if (netcap_protocol(packet) != 0x800)
		goto block_5;
	if (!netcap_has(packet, 10))
		return false;
	if ((netcap_u32(packet, 6) & 0x1fff00ffU) != 6)
		return false;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 4))
		goto short_packet;
	index_word_0 = netcap_u32_at(packet, index, 0);
	if ((index_word_0 >> 16) == 80)
		return true;
	if ((index_word_0 & 0xffff) == 80)
		return true;
	return false;
block_5:
	/* tcp port 80 */
	if (netcap_protocol(packet) != 0x86dd)
		return false;
	if (!netcap_has(packet, 44))
		goto short_packet;
	if (netcap_u8(packet, 6) != 6)
		return false;
	word_40 = netcap_u32(packet, 40);
	if ((word_40 >> 16) == 80)
		return true;
	if ((word_40 & 0xffff) == 80)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"tcp port 80\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
