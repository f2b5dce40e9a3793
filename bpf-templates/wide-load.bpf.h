/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* Eight bytes for the filter: two loads of four, which every reader has. */
static __always_inline __u64 netcap_u64(const struct netcap_packet *packet, __u32 offset)
{
	return (__u64)netcap_u32(packet, offset) << 32 | netcap_u32(packet, offset + 4);
}

static __always_inline __u64 netcap_u64_at(const struct netcap_packet *packet, __u32 index,
					       __u32 offset)
{
	return (__u64)netcap_u32_at(packet, index, offset) << 32 |
	       netcap_u32_at(packet, index, offset + 4);
}

static __always_inline __u64 netcap_u64_behind(const struct netcap_packet *packet, __u32 index,
						   __u32 offset)
{
	return (__u64)netcap_u32_behind(packet, index, offset) << 32 |
	       netcap_u32_behind(packet, index, offset + 4);
}
