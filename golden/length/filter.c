/* @netcap:filter */
#define NETCAP_WINDOW 14

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	/* less 100 */
	if (netcap_length(packet) <= 100)
		return true;
	/* greater 1400 */
	if (netcap_length(packet) >= 0x578)
		return true;
	return false;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	/* less 100 */
	if (netcap_length(packet) <= 100)
		return true;
	/* greater 1400 */
	if (netcap_length(packet) >= 0x578)
		return true;
	return false;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"less 100 or greater 1400\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
