/* @netcap:filter */
#define NETCAP_WINDOW 38

static __always_inline bool netcap_set_1(__u32 value)
{
	return value == 0x806U || value == 0x8035U;
}

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;

	/* src net 192.168.0.0/16 */
	if (!netcap_has(packet, 30))
		return false;
	word_12 = netcap_u16(packet, 12);
	if (word_12 != 0x800)
		goto block_2;
	if ((netcap_u32(packet, 26) & 0xffff0000U) == 0xc0a80000)
		return true;
	return false;
block_2:
	/* src net 192.168.0.0/16 */
	if (!netcap_set_1(word_12))
		return false;
	if (!netcap_has(packet, 32))
		return false;
	if ((netcap_u32(packet, 28) & 0xffff0000U) == 0xc0a80000)
		return true;
	return false;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;

	/* src net 192.168.0.0/16 */
	if (!netcap_has(packet, 32))
		goto short_packet;
	word_12 = netcap_u16(packet, 12);
	if (word_12 != 0x800)
		goto block_2;
	if ((netcap_u32(packet, 26) & 0xffff0000U) == 0xc0a80000)
		return true;
	return false;
block_2:
	/* src net 192.168.0.0/16 */
	if (!netcap_set_1(word_12))
		return false;
	if ((netcap_u32(packet, 28) & 0xffff0000U) == 0xc0a80000)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* src net 192.168.0.0/16 */
	if (netcap_protocol(packet) != 0x800)
		goto block_2;
	if (!netcap_has(packet, 16))
		return false;
	if ((netcap_u32(packet, 12) & 0xffff0000U) == 0xc0a80000)
		return true;
	return false;
block_2:
	/* src net 192.168.0.0/16 */
	if (!netcap_set_1(netcap_protocol(packet)))
		return false;
	if (!netcap_has(packet, 18))
		return false;
	if ((netcap_u32(packet, 14) & 0xffff0000U) == 0xc0a80000)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"src net 192.168.0.0/16\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
