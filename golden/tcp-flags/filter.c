/* @netcap:filter */
#define NETCAP_WINDOW 54

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 index;
	__u64 word_26;

	/* tcp[tcpflags] */
	if (!netcap_has(packet, 30))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		return false;
	if ((netcap_u32(packet, 20) & 0x1fff00ffU) != 6)
		return false;
	/* tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 */
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 28))
		return false;
	if ((netcap_u8_at(packet, index, 27) & 3U) == 0)
		return false;
	/* src and dst net 10.0.0.0/8 */
	word_26 = netcap_u64(packet, 26);
	if (((__u32)(word_26 >> 32) & 0xff000000U) != 0xa000000)
		return true;
	if (!netcap_has(packet, 34))
		return false;
	if (((__u32)word_26 & 0xff000000U) == 0xa000000)
		return false;
	return true;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 index;

	/* tcp[tcpflags] */
	if (!netcap_has(packet, 34))
		goto short_packet;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		return false;
	if ((netcap_u32(packet, 20) & 0x1fff00ffU) != 6)
		return false;
	/* tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 */
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 28))
		return false;
	if ((netcap_u8_at(packet, index, 27) & 3U) == 0)
		return false;
	/* src and dst net 10.0.0.0/8 */
	if ((netcap_u64(packet, 26) & 0xff000000ff000000ULL) == 0xa0000000a000000ULL)
		return false;
	return true;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u32 index;
	__u64 word_12;

	/* tcp[tcpflags] */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 16))
		return false;
	if ((netcap_u32(packet, 6) & 0x1fff00ffU) != 6)
		return false;
	/* tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 */
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 14))
		return false;
	if ((netcap_u8_at(packet, index, 13) & 3U) == 0)
		return false;
	/* src and dst net 10.0.0.0/8 */
	word_12 = netcap_u64(packet, 12);
	if (((__u32)(word_12 >> 32) & 0xff000000U) != 0xa000000)
		return true;
	if (!netcap_has(packet, 20))
		return false;
	if (((__u32)word_12 & 0xff000000U) == 0xa000000)
		return false;
	return true;
}

static __always_inline bool netcap_quick_network(const struct netcap_packet *packet)
{
	__u32 index;

	/* tcp[tcpflags] */
	if (netcap_protocol(packet) != 0x800)
		return false;
	if (!netcap_has(packet, 20))
		goto short_packet;
	if ((netcap_u32(packet, 6) & 0x1fff00ffU) != 6)
		return false;
	/* tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 */
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 14))
		return false;
	if ((netcap_u8_at(packet, index, 13) & 3U) == 0)
		return false;
	/* src and dst net 10.0.0.0/8 */
	if ((netcap_u64(packet, 12) & 0xff000000ff000000ULL) == 0xa0000000a000000ULL)
		return false;
	return true;
short_packet:
	return netcap_ask_again(packet);
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not src and dst net 10.0.0.0/8\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
