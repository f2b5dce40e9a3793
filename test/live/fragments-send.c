// SPDX-License-Identifier: Apache-2.0
/*
 * fragments-send DEVICE
 *
 * Sends frames whose bytes lie where standard input says, one frame a line:
 *     LINEAR <SPACE> BOUNDARY <SPACE> the frame, hexadecimal
 * The first LINEAR bytes are in the skb's linear area (14 at least, as the kernel has it). The others are page fragments:
 * the pages of a packet socket's ring, in which the frame is so placed that a page ends behind its first BOUNDARY bytes,
 * and others every 4,096 bytes from there.
 */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#define PAGE 4096
/* Room for the largest frame, and for placing it. */
#define SLOT (16 * PAGE)
/* A slot is free before the frame is: IP reassembly keeps its pages. No more frames than this at once. */
#define SLOTS 64
/* Before this the kernel's header of the slot ends. */
#define PLACE_LEAST 128

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void set(int socket_fd, int option, const void *value, socklen_t size)
{
	if (setsockopt(socket_fd, SOL_PACKET, option, value, size))
		fail("setsockopt");
}

static unsigned char *open_ring(int socket_fd, const char *device)
{
	struct tpacket_req ring = {
		.tp_block_size = SLOT, .tp_block_nr = SLOTS, .tp_frame_size = SLOT, .tp_frame_nr = SLOTS
	};
	struct sockaddr_ll address = { .sll_family = AF_PACKET, .sll_ifindex = if_nametoindex(device) };
	int version = TPACKET_V2, one = 1;
	unsigned char *memory;

	set(socket_fd, PACKET_VERSION, &version, sizeof(version));
	/* A virtio header in front of each frame: its hdr_len is the length of the linear area. */
	set(socket_fd, PACKET_VNET_HDR, &one, sizeof(one));
	/* Frames may be anywhere in a slot. */
	set(socket_fd, PACKET_TX_HAS_OFF, &one, sizeof(one));
	set(socket_fd, PACKET_TX_RING, &ring, sizeof(ring));
	memory = mmap(NULL, SLOTS * SLOT, PROT_READ | PROT_WRITE, MAP_SHARED, socket_fd, 0);
	if (memory == MAP_FAILED)
		fail("mmap");
	if (bind(socket_fd, (struct sockaddr *)&address, sizeof(address)))
		fail(device);
	return memory;
}

static size_t parse(const char *text, unsigned char *bytes)
{
	size_t size = 0;

	for (unsigned int byte; sscanf(text, "%2x", &byte) == 1; text += 2)
		bytes[size++] = byte;
	return size;
}

int main(int count, char **arguments)
{
	static char line[2 * SLOT + 64];
	int socket_fd = socket(AF_PACKET, SOCK_RAW, 0);
	unsigned char *ring;

	if (count != 2 || socket_fd < 0)
		return 2;
	ring = open_ring(socket_fd, arguments[1]);
	for (int frame = 0; fgets(line, sizeof(line), stdin); frame++) {
		struct tpacket2_hdr *slot = (void *)(ring + frame % SLOTS * SLOT);
		struct virtio_net_hdr header = { 0 };
		unsigned int linear, boundary, place;
		int start;
		size_t size;

		if (sscanf(line, "%u %u %n", &linear, &boundary, &start) != 2)
			return 2;
		place = (boundary + sizeof(header) + PLACE_LEAST + PAGE - 1) / PAGE * PAGE - boundary;
		size = parse(line + start, (unsigned char *)slot + place);
		header.hdr_len = linear;
		memcpy((unsigned char *)slot + place - sizeof(header), &header, sizeof(header));
		slot->tp_mac = place - sizeof(header);
		slot->tp_len = sizeof(header) + size;
		slot->tp_status = TP_STATUS_SEND_REQUEST;
		if (send(socket_fd, NULL, 0, 0) < 0)
			fail("send");
		if (*(volatile unsigned int *)&slot->tp_status != TP_STATUS_AVAILABLE) {
			fprintf(stderr, "frame of %zu bytes: status %u\n", size, slot->tp_status);
			return 1;
		}
	}
	return 0;
}
