/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* What a filter asks of an skb beside its bytes: packet type and device. 0 where there is no device. */

struct sk_buff___packet_type {
	__u8 pkt_type : 3;
} __attribute__((preserve_access_index));

#define NETCAP_PACKET_TYPE(kind) \
	__builtin_preserve_field_info(((struct sk_buff___packet_type *)0)->pkt_type, kind)

static __always_inline __u64 netcap_read_kernel(const struct netcap_packet *packet, __u64 address,
						__u32 size)
{
	__u64 value = 0;

	if (packet->reader == NETCAP_READER_CAST && size == 8)
		return *(const __u64 *)NETCAP_CAST(address);
	if (packet->reader == NETCAP_READER_CAST && size == 4)
		return *(const __u32 *)NETCAP_CAST(address);
	if (packet->reader == NETCAP_READER_CAST)
		return *NETCAP_CAST(address);
	bpf_probe_read_kernel(&value, size, (void *)address);
	return value;
}

/* PACKET_HOST and the like of linux/if_packet.h. */
static __always_inline __u32 netcap_packet_type(const struct netcap_packet *packet)
{
	__u64 word = netcap_read_kernel(packet, packet->skb + NETCAP_PACKET_TYPE(0), 1);

	return word << NETCAP_PACKET_TYPE(4) >> NETCAP_PACKET_TYPE(5);
}

static __always_inline __u64 netcap_device(const struct netcap_packet *packet)
{
	return netcap_read_kernel(packet, packet->skb + netcap_offset_of(sk_buff, dev), 8);
}

static __always_inline __u32 netcap_interface_index(const struct netcap_packet *packet)
{
	__u64 device = netcap_device(packet);

	return device ? netcap_read_kernel(packet, device + netcap_offset_of(net_device, ifindex), 4) :
			0;
}

/* Four bytes of the device's name, as a number in network order. */
static __always_inline __u32 netcap_interface_name(const struct netcap_packet *packet, __u32 word)
{
	__u64 device = netcap_device(packet);

	return device ? netcap_swap32(netcap_read_kernel(
				packet, device + netcap_offset_of(net_device, name) + 4 * word, 4)) :
			0;
}
