/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * Programs at a network interface. What they are given is, behind what the verifier makes of it,
 * the address of the kernel's own structure: struct sk_buff, struct xdp_buff. They look on, and
 * decide nothing.
 */
#define NETCAP_TC_NEXT (-1) /* TC_ACT_UNSPEC, TCX_NEXT */
#define NETCAP_XDP_PASS 2

SEC("tc")
int netcap_tc(void *context)
{
	netcap_capture(netcap_plain_address(context), 0, 0, 0, netcap_knobs.hook);
	return NETCAP_TC_NEXT;
}

SEC("xdp")
int netcap_xdp(void *context)
{
	netcap_capture(netcap_plain_address(context), 0, 0, 0, netcap_knobs.hook);
	return NETCAP_XDP_PASS;
}
