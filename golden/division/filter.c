/* @netcap:filter */
#define NETCAP_WINDOW 30

/* Shifts by 32 and more give 0, as in classic BPF. */
static __always_inline __u32 netcap_shift_left(__u32 value, __u32 bits)
{
	return bits > 31 ? 0 : value << bits;
}

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	__u64 word_10;
	__u32 word_22;

	/* ip[2:2] */
	if (!netcap_has(packet, 23))
		return false;
	word_10 = netcap_u64(packet, 10);
	if (((__u32)(word_10 >> 32) & 0xffff) != 0x800)
		return false;
	/* ip[2:2] / ip[8] > 10 */
	word_22 = netcap_u8(packet, 22);
	if (word_22 == 0)
		return false;
	if ((((__u32)word_10 & 0xffff) / word_22) <= 10)
		return false;
	/* 1 << ip[0] != 0 */
	if (netcap_shift_left(1U, (__u32)(word_10 >> 24) & 0xff) != 0)
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	__u32 word_0;
	__u32 word_8;

	/* ip[2:2] */
	if (netcap_protocol(packet) != 0x800)
		return false;
	/* ip[2:2] / ip[8] > 10 */
	word_0 = netcap_u32(packet, 0);
	word_8 = netcap_u8(packet, 8);
	if (!netcap_has(packet, 9))
		return false;
	if (word_8 == 0)
		return false;
	if (((word_0 & 0xffff) / word_8) <= 10)
		return false;
	/* 1 << ip[0] != 0 */
	if (netcap_shift_left(1U, word_0 >> 24) != 0)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"ip[2:2] / ip[8] > 10 and 1 << ip[0] != 0\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
