/* @netcap:filter */
static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	return true;
}

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	return true;
}

const char netcap_manifest[] SEC(".netcap") = "{\"format\":1,\"target\":\"skb\",\"expression\":\"\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
