/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* host 10.0.0.1 */
	if (!netcap_has(packet, 30))
		return false;
	if (netcap_u16(packet, 12) != 0x800)
		goto block_3;
	if (netcap_u32(packet, 26) == 0xa000001)
		return true;
	if (!netcap_has(packet, 34))
		return false;
	if (netcap_u32(packet, 30) == 0xa000001)
		return true;
	return false;
block_3:
	/* host 10.0.0.1 */
	if (netcap_u16(packet, 12) == 0x806)
		goto block_5;
	if (netcap_u16(packet, 12) != 0x8035)
		return false;
block_5:
	/* host 10.0.0.1 */
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

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* host 10.0.0.1 */
	if (netcap_protocol(packet) != 0x800)
		goto block_3;
	if (!netcap_has(packet, 16))
		return false;
	if (netcap_u32(packet, 12) == 0xa000001)
		return true;
	if (!netcap_has(packet, 20))
		return false;
	if (netcap_u32(packet, 16) == 0xa000001)
		return true;
	return false;
block_3:
	/* host 10.0.0.1 */
	if (netcap_protocol(packet) == 0x806)
		goto block_5;
	if (netcap_protocol(packet) != 0x8035)
		return false;
block_5:
	/* host 10.0.0.1 */
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

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"host 10.0.0.1\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
