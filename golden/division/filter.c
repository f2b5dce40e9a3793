/* @netcap:filter */
/* Shifts by 32 and more give 0, as in classic BPF. */
static __always_inline __u32 netcap_shift_left(__u32 value, __u32 bits)
{
	return bits > 31 ? 0 : value << bits;
}

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* ip[2:2] */
	if (!netcap_has(packet, 23))
		return false;
	if (netcap_u16(packet, 12) != 0x800)
		return false;
	/* ip[2:2] / ip[8] > 10 */
	if (netcap_u8(packet, 22) == 0)
		return false;
	if ((netcap_u16(packet, 16) / netcap_u8(packet, 22)) <= 10)
		return false;
	/* 1 << ip[0] != 0 */
	if (netcap_shift_left(1U, netcap_u8(packet, 14)) != 0)
		return true;
	return false;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* ip[2:2] */
	if (netcap_protocol(packet) != 0x800)
		return false;
	/* ip[2:2] / ip[8] > 10 */
	if (!netcap_has(packet, 9))
		return false;
	if (netcap_u8(packet, 8) == 0)
		return false;
	if ((netcap_u16(packet, 2) / netcap_u8(packet, 8)) <= 10)
		return false;
	/* 1 << ip[0] != 0 */
	if (netcap_shift_left(1U, netcap_u8(packet, 0)) != 0)
		return true;
	return false;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"ip[2:2] / ip[8] > 10 and 1 << ip[0] != 0\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
