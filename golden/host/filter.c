/* @netcap:filter */
#define NETCAP_WINDOW 46

static __always_inline bool netcap_set_1(__u32 value)
{
	return value == 0x806U || value == 0x8035U;
}

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u64 word_26;

	/* host 10.0.0.1 */
	if (!netcap_has(packet, 30))
		return false;
	word_12 = netcap_u16(packet, 12);
	if (word_12 != 0x800)
		goto block_3;
	word_26 = netcap_u64(packet, 26);
	if ((__u32)(word_26 >> 32) == 0xa000001)
		return true;
	if (!netcap_has(packet, 34))
		return false;
	if ((__u32)word_26 == 0xa000001)
		return true;
	return false;
block_3:
	/* host 10.0.0.1 */
	if (!netcap_set_1(word_12))
		return false;
	if (!netcap_has(packet, 32))
		return false;
	if (netcap_u32(packet, 28) == 0xa000001)
		return true;
	if (!netcap_has(packet, 42))
		return false;
	if (netcap_u32(packet, 38) == 0xa000001)
		return true;
	return false;
}

static __always_inline bool netcap_quick_ethernet(const struct netcap_packet *packet)
{
	__u32 word_12;
	__u64 word_26;

	/* host 10.0.0.1 */
	if (!netcap_has(packet, 34))
		goto short_packet;
	word_12 = netcap_u16(packet, 12);
	if (word_12 != 0x800)
		goto block_3;
	word_26 = netcap_u64(packet, 26);
	if ((__u32)(word_26 >> 32) == 0xa000001)
		return true;
	if ((__u32)word_26 == 0xa000001)
		return true;
	return false;
block_3:
	/* host 10.0.0.1 */
	if (!netcap_set_1(word_12))
		return false;
	if (!netcap_has(packet, 42))
		goto short_packet;
	if (netcap_u32(packet, 28) == 0xa000001)
		return true;
	if (netcap_u32(packet, 38) == 0xa000001)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u64 word_12;

	/* host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x800)
		goto block_3;
	if (!netcap_has(packet, 16))
		return false;
	word_12 = netcap_u64(packet, 12);
	if ((__u32)(word_12 >> 32) == 0xa000001)
		return true;
	if (!netcap_has(packet, 20))
		return false;
	if ((__u32)word_12 == 0xa000001)
		return true;
	return false;
block_3:
	/* host 10.0.0.1 */
	if (!netcap_set_1(netcap_protocol(packet)))
		return false;
	if (!netcap_has(packet, 18))
		return false;
	if (netcap_u32(packet, 14) == 0xa000001)
		return true;
	if (!netcap_has(packet, 28))
		return false;
	if (netcap_u32(packet, 24) == 0xa000001)
		return true;
	return false;
}

static __always_inline bool netcap_quick_network(const struct netcap_packet *packet)
{
	__u64 word_12;

	/* host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x800)
		goto block_3;
	if (!netcap_has(packet, 20))
		goto short_packet;
	word_12 = netcap_u64(packet, 12);
	if ((__u32)(word_12 >> 32) == 0xa000001)
		return true;
	if ((__u32)word_12 == 0xa000001)
		return true;
	return false;
block_3:
	/* host 10.0.0.1 */
	if (!netcap_set_1(netcap_protocol(packet)))
		return false;
	if (!netcap_has(packet, 28))
		goto short_packet;
	if (netcap_u32(packet, 14) == 0xa000001)
		return true;
	if (netcap_u32(packet, 24) == 0xa000001)
		return true;
	return false;
short_packet:
	return netcap_ask_again(packet);
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"host 10.0.0.1\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
