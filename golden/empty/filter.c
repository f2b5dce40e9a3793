/* @netcap:filter */
#define NETCAP_WINDOW 14

static __always_inline bool netcap_filter_ethernet(const struct netcap_packet *packet)
{
	return true;
}

#define netcap_quick_ethernet netcap_filter_ethernet

static __always_inline bool netcap_filter_network(const struct netcap_packet *packet)
{
	return true;
}

#define netcap_quick_network netcap_filter_network

const char netcap_manifest[] SEC(".netcap") = "{\"format\":2,\"target\":\"skb\",\"expression\":\"\",\"links\":[\"ethernet\",\"network\"],\"optimised\":true}";
