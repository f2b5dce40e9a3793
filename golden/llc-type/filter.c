/* @netcap:filter */
#define NETCAP_WINDOW 22

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;

	/* ether proto 0x42 */
	if (!netcap_has(packet, 14))
		return false;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) > 0x5dc)
		goto block_2;
	if (!netcap_has(packet, 15))
		return false;
	if (((word_12 >> 8) & 0xff) == 66)
		return true;
	return false;
block_2:
	/* ether proto 0x0800 */
	if ((word_12 >> 16) == 0x800)
		return true;
	return false;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;

	/* ether proto 0x42 */
	if (!netcap_has(packet, 15))
		goto short_packet;
	word_12 = netcap_u32(packet, 12);
	if ((word_12 >> 16) > 0x5dc)
		goto block_2;
	if (((word_12 >> 8) & 0xff) == 66)
		return true;
	return false;
block_2:
	/* ether proto 0x0800 */
	if ((word_12 >> 16) == 0x800)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* ether proto 0x0800 */
	if (netcap_protocol(packet) == 0x800)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"ether proto 0x42 or ether proto 0x0800\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
