// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
/*
 * The packet functions over plain memory, for the machine that compiles: the same filter functions
 * as in an object, run over the packets of a capture. Reads packets from standard input, prints a
 * line of 0 and 1 for each filter.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed long long __s64;

#undef __always_inline /* of the C library */
#define __always_inline inline __attribute__((always_inline, unused))

struct netcap_packet {
	const unsigned char *bytes;
	__u32 captured;
	__u32 length; /* on the wire */
	__u32 protocol; /* EtherType, for packets without a link header */
};

static __always_inline bool netcap_has(const struct netcap_packet *packet, __u64 end)
{
	return end <= packet->captured;
}

static __always_inline __u32 netcap_u8_at(const struct netcap_packet *packet, __u32 index,
					  __u32 offset)
{
	return packet->bytes[(__u64)index + offset];
}

static __always_inline __u32 netcap_u16_at(const struct netcap_packet *packet, __u32 index,
					   __u32 offset)
{
	const unsigned char *bytes = packet->bytes + index + offset;

	return (__u32)bytes[0] << 8 | bytes[1];
}

static __always_inline __u32 netcap_u32_at(const struct netcap_packet *packet, __u32 index,
					   __u32 offset)
{
	const unsigned char *bytes = packet->bytes + index + offset;

	return (__u32)bytes[0] << 24 | (__u32)bytes[1] << 16 | (__u32)bytes[2] << 8 | bytes[3];
}

#define netcap_u8_behind netcap_u8_at
#define netcap_u16_behind netcap_u16_at
#define netcap_u32_behind netcap_u32_at

static __always_inline __s64 netcap_pair(const struct netcap_packet *packet, __u64 place)
{
	return netcap_has(packet, place + 2) ? (__s64)netcap_u16_at(packet, place, 0) : -1;
}

static __always_inline __u32 netcap_u8(const struct netcap_packet *packet, __u32 offset)
{
	return netcap_u8_at(packet, offset, 0);
}

static __always_inline __u32 netcap_u16(const struct netcap_packet *packet, __u32 offset)
{
	return netcap_u16_at(packet, offset, 0);
}

static __always_inline __u32 netcap_u32(const struct netcap_packet *packet, __u32 offset)
{
	return netcap_u32_at(packet, offset, 0);
}

static __always_inline __u32 netcap_length(const struct netcap_packet *packet)
{
	return packet->length;
}

static __always_inline __u32 netcap_protocol(const struct netcap_packet *packet)
{
	return packet->protocol;
}

/* @netcap:filter */
static bool netcap_filter_0(const struct netcap_packet *packet)
{
	return true;
}

static bool (*const netcap_filters[])(const struct netcap_packet *packet) = {
	netcap_filter_0,
};
/* @netcap:end */

static __u32 read_number(void)
{
	__u32 number;

	if (fread(&number, sizeof(number), 1, stdin) != 1)
		exit(1);
	return number;
}

/* The bytes in an allocation of their own, so that a load outside the packet is a load outside it. */
static void read_packet(struct netcap_packet *packet)
{
	unsigned char *bytes;

	packet->captured = read_number();
	packet->length = read_number();
	packet->protocol = read_number();
	bytes = malloc(packet->captured);
	if ((!bytes && packet->captured) || fread(bytes, 1, packet->captured, stdin) != packet->captured)
		exit(1);
	packet->bytes = bytes;
}

int main(void)
{
	__u32 count = read_number();
	struct netcap_packet *packets = calloc(count + 1, sizeof(*packets));

	if (!packets)
		return 1;
	for (__u32 index = 0; index < count; index++)
		read_packet(&packets[index]);
	for (__u32 filter = 0; filter < sizeof(netcap_filters) / sizeof(*netcap_filters); filter++) {
		for (__u32 index = 0; index < count; index++)
			putchar(netcap_filters[filter](&packets[index]) ? '1' : '0');
		putchar('\n');
	}
	return fflush(stdout) == 0 ? 0 : 1;
}
