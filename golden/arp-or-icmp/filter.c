/* @netcap:filter */
#define NETCAP_WINDOW 30

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;

	/* icmp */
	if (!netcap_has(packet, 14))
		return false;
	word_12 = netcap_u16(packet, 12);
	if (word_12 != 0x800)
		goto block_2;
	if (!netcap_has(packet, 24))
		return false;
	if (netcap_u8(packet, 23) == 1)
		return true;
	return false;
block_2:
	/* arp */
	if (word_12 == 0x806)
		return true;
	return false;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;

	/* icmp */
	if (!netcap_has(packet, 24))
		goto short_packet;
	word_12 = netcap_u16(packet, 12);
	if (word_12 != 0x800)
		goto block_2;
	if (netcap_u8(packet, 23) == 1)
		return true;
	return false;
block_2:
	/* arp */
	if (word_12 == 0x806)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* icmp */
	if (netcap_protocol(packet) != 0x800)
		goto block_2;
	if (!netcap_has(packet, 10))
		return false;
	if (netcap_u8(packet, 9) == 1)
		return true;
	return false;
block_2:
	/* arp */
	if (netcap_protocol(packet) == 0x806)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"arp or icmp\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
