/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* The programs of the targets whose packets are in the kernel: skb and sock. */
SEC("kprobe")
int netcap_kprobe(void *context)
{
	return NETCAP_CAPTURE(register, context);
}

SEC("raw_tp")
int netcap_raw_tp(void *context)
{
	return NETCAP_CAPTURE(argument, context);
}

/*
 * For tp_btf, fentry and fexit alike: only what the loader says about the program differs (expected
 * attach type and target). As two, the fentry one could not be loaded as it stands.
 */
SEC(NETCAP_DEFAULT_TRACING)
int netcap_tracing(void *context)
{
	return NETCAP_CAPTURE(argument, context);
}

SEC("tracepoint")
int netcap_tracepoint(void *context)
{
	return netcap_capture(netcap_event_field(context, netcap_knobs.packet_offset, 8),
			      netcap_event_field(context, netcap_knobs.payload_offset, 8),
			      netcap_event_field(context, netcap_knobs.location_offset, 8),
			      netcap_event_field(context, netcap_knobs.reason_offset, 4),
			      netcap_knobs.hook);
}

#include "many-functions.bpf.h"
#include "function-returns.bpf.h"
