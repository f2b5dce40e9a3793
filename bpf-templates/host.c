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
	bool again; /* too short for the quick filter */
};

static __always_inline bool netcap_has(const struct netcap_packet *packet, __u64 end)
{
	return end <= packet->captured;
}

static __always_inline bool netcap_ask_again(const struct netcap_packet *packet)
{
	((struct netcap_packet *)packet)->again = true;
	return false;
}

/*
 * What a packet does not have reads as anything: ones, for no header is full of them. Not inlined:
 * one program has many filters.
 */
static __attribute__((noinline)) __u64 netcap_bytes(const struct netcap_packet *packet, __u64 offset,
					  __u32 size)
{
	__u64 value = 0;

	for (__u64 end = offset + size; offset < end; offset++)
		value = value << 8 | (offset < packet->captured ? packet->bytes[offset] : 0xff);
	return value;
}

#define NETCAP_DEFINE_LOAD(bits, type)                                                         \
	static __always_inline type netcap_u##bits(const struct netcap_packet *packet,         \
						   __u32 offset)                               \
	{                                                                                      \
		return netcap_bytes(packet, offset, bits / 8);                                 \
	}                                                                                      \
                                                                                               \
	static __always_inline type netcap_u##bits##_at(const struct netcap_packet *packet,    \
							__u32 index, __u32 offset)             \
	{                                                                                      \
		return netcap_bytes(packet, (__u64)index + offset, bits / 8);                  \
	}

NETCAP_DEFINE_LOAD(8, __u32)
NETCAP_DEFINE_LOAD(16, __u32)
NETCAP_DEFINE_LOAD(32, __u32)
NETCAP_DEFINE_LOAD(64, __u64)

#define netcap_u8_behind netcap_u8_at
#define netcap_u16_behind netcap_u16_at
#define netcap_u32_behind netcap_u32_at
#define netcap_u64_behind netcap_u64_at

static __always_inline __s64 netcap_pair(const struct netcap_packet *packet, __u64 place)
{
	return netcap_has(packet, place + 2) ? (__s64)netcap_u16_at(packet, place, 0) : -1;
}

static __always_inline __u32 netcap_length(const struct netcap_packet *packet)
{
	return packet->length;
}

static __always_inline __u32 netcap_protocol(const struct netcap_packet *packet)
{
	return packet->protocol;
}

typedef bool netcap_function(const struct netcap_packet *packet);

struct netcap_filter {
	netcap_function *quick, *exact;
};

/* @netcap:filter */
static bool netcap_filter_0(const struct netcap_packet *packet)
{
	return true;
}

static const struct netcap_filter netcap_filters[] = {
	{ netcap_filter_0, netcap_filter_0 },
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

static bool matches(const struct netcap_filter *filter, struct netcap_packet *packet)
{
	bool matched;

	packet->again = false;
	matched = filter->quick(packet);
	return packet->again ? filter->exact(packet) : matched;
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
			putchar(matches(&netcap_filters[filter], &packets[index]) ? '1' : '0');
		putchar('\n');
	}
	return fflush(stdout) == 0 ? 0 : 1;
}
