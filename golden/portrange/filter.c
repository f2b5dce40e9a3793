/* @netcap:filter */
#define NETCAP_WINDOW 62

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u32 index;

	/* udp dst portrange 1000-2000 */
	if (!netcap_has(packet, 24))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) != 0x800)
		goto block_4;
	if ((netcap_u32(packet, 20) & 0x1fff00ffU) != 17)
		return false;
	index = ((word_12 >> 8) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 18))
		return false;
	if ((netcap_u16_at(packet, index, 16) - 0x3e8U) <= 0x3e8)
		return true;
	return false;
block_4:
	/* udp dst portrange 1000-2000 */
	if ((word_12 >> 16) != 0x86dd)
		return false;
	if (!netcap_has(packet, 58))
		return false;
	if (netcap_u8(packet, 20) != 17)
		return false;
	if ((netcap_u16(packet, 56) - 0x3e8U) <= 0x3e8)
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u32 index;

	/* udp dst portrange 1000-2000 */
	if (netcap_protocol(packet) != 0x800)
		goto block_4;
	if (!netcap_has(packet, 10))
		return false;
	if ((netcap_u32(packet, 6) & 0x1fff00ffU) != 17)
		return false;
	index = (netcap_u8(packet, 0) & 15U) << 2;
	if (!netcap_has(packet, (__u64)index + 4))
		return false;
	if ((netcap_u16_at(packet, index, 2) - 0x3e8U) <= 0x3e8)
		return true;
	return false;
block_4:
	/* udp dst portrange 1000-2000 */
	if (netcap_protocol(packet) != 0x86dd)
		return false;
	if (!netcap_has(packet, 44))
		return false;
	if (netcap_u8(packet, 6) != 17)
		return false;
	if ((netcap_u16(packet, 42) - 0x3e8U) <= 0x3e8)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"udp dst portrange 1000-2000\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
