// SPDX-License-Identifier: Apache-2.0
/*
 * send DEVICE PROCESSOR BYTES PACKETS EVERY RATE FLOOD COMPARE
 *
 * Sends UDP frames from a packet socket past the queueing discipline, so that all that happens to a frame on its way
 * through a veth pair, the hooks and taps at its other end included, happens in the time of the system call that sent it.
 * Each EVERYth frame goes to port 7 (0: none does), the others to port 9; payloads start with the frame's number and
 * FLOOD. The frames are addressed to another station: the receiver drops them behind the hooks.
 * RATE is in frames per second, 0 is as many as go. COMPARE messages go through a pair of local sockets after every batch:
 * work of the same kind, to tell how fast the processor is at the moment.
 * Prints nanoseconds: in the system calls that sent frames, for the messages, and in all. In the first two a batch that
 * took more than four times the usual time counts as a usual one: something else had the processor meanwhile.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define BATCH 32
#define MATCHING_PORT 7
#define OTHER_PORT 9

struct frame {
	struct ethhdr ethernet;
	struct iphdr ip;
	struct udphdr udp;
	uint32_t number; /* big-endian */
	uint32_t flood;  /* big-endian */
	uint8_t rest[1500];
} __attribute__((packed));

static struct frame frames[BATCH];

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static int fail(const char *what)
{
	perror(what);
	exit(1);
}

static int open_socket(const char *device)
{
	struct sockaddr_ll address = { .sll_family = AF_PACKET };
	int one = 1, socket_fd = socket(AF_PACKET, SOCK_RAW, 0);

	address.sll_ifindex = if_nametoindex(device);
	if (socket_fd < 0 || !address.sll_ifindex)
		fail(device);
	if (bind(socket_fd, (struct sockaddr *)&address, sizeof(address)))
		fail("bind");
	if (setsockopt(socket_fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof(one)))
		fail("PACKET_QDISC_BYPASS");
	return socket_fd;
}

static void fill(struct frame *frame, size_t size)
{
	/* Locally administered, and neither end's. */
	static const uint8_t from[] = { 2, 0, 0, 0, 0, 1 }, to[] = { 2, 0, 0, 0, 0, 2 };

	memcpy(frame->ethernet.h_source, from, sizeof(from));
	memcpy(frame->ethernet.h_dest, to, sizeof(to));
	frame->ethernet.h_proto = htons(ETH_P_IP);
	frame->ip.version = 4;
	frame->ip.ihl = 5;
	frame->ip.ttl = 64;
	frame->ip.protocol = IPPROTO_UDP;
	frame->ip.tot_len = htons(size - sizeof(frame->ethernet));
	frame->ip.saddr = inet_addr("10.77.0.1");
	frame->ip.daddr = inet_addr("10.77.0.2");
	frame->udp.source = htons(1024);
	frame->udp.len = htons(size - sizeof(frame->ethernet) - sizeof(frame->ip));
	memset(frame->rest, 0x5a, sizeof(frame->rest));
}

/*
 * Nanoseconds for so many messages, there and back. Small ones, whatever the frames are: what large ones cost depends
 * on where the process happens to lie, by a tenth.
 */
static uint64_t compare(const int *pair, uint64_t messages)
{
	uint64_t start = now();

	for (; messages; messages--) {
		uint8_t bytes[64] = { 0 };

		if (send(pair[0], bytes, sizeof(bytes), 0) < 0 || recv(pair[1], bytes, sizeof(bytes), 0) < 0)
			fail("socket pair");
	}
	return now() - start;
}

static int order(const void *one, const void *other)
{
	uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;

	return (a > b) - (a < b);
}

static unsigned long long sum_usual(uint64_t *times, size_t count)
{
	uint64_t sum = 0, usual;

	qsort(times, count, sizeof(*times), order);
	usual = times[count / 2];
	for (size_t place = 0; place < count; place++)
		sum += times[place] > 4 * usual ? usual : times[place];
	return sum;
}

int main(int count, char **arguments)
{
	struct mmsghdr messages[BATCH] = { 0 };
	struct iovec vectors[BATCH];
	uint64_t size, packets, every, rate, messages_compared, begin, *sending, *comparing, sent = 0;
	cpu_set_t processors;
	int socket_fd, pair[2];
	size_t batches = 0;

	if (count != 9 || socketpair(AF_UNIX, SOCK_DGRAM, 0, pair))
		return 2;
	socket_fd = open_socket(arguments[1]);
	CPU_ZERO(&processors);
	CPU_SET(atoi(arguments[2]), &processors);
	if (sched_setaffinity(0, sizeof(processors), &processors))
		fail("sched_setaffinity");
	size = strtoull(arguments[3], NULL, 10);
	packets = strtoull(arguments[4], NULL, 10);
	every = strtoull(arguments[5], NULL, 10);
	rate = strtoull(arguments[6], NULL, 10);
	messages_compared = strtoull(arguments[8], NULL, 10);
	if (size < offsetof(struct frame, rest) || size > sizeof(struct frame))
		return 2;
	for (int place = 0; place < BATCH; place++) {
		fill(&frames[place], size);
		frames[place].flood = htonl(atoi(arguments[7]));
		vectors[place] = (struct iovec){ &frames[place], size };
		messages[place].msg_hdr.msg_iov = &vectors[place];
		messages[place].msg_hdr.msg_iovlen = 1;
	}
	/* No call takes fewer than one. */
	sending = calloc(packets, sizeof(*sending));
	comparing = calloc(packets, sizeof(*comparing));
	if (!packets || !sending || !comparing)
		return 2;
	begin = now();
	while (sent < packets) {
		int wanted = packets - sent < BATCH ? packets - sent : BATCH, taken;
		uint64_t start;

		for (int place = 0; place < wanted; place++) {
			uint64_t number = sent + place;

			frames[place].udp.dest = htons(every && number % every == 0 ? MATCHING_PORT : OTHER_PORT);
			frames[place].number = htonl(number);
		}
		do
			start = now();
		while (rate && (start - begin) * rate < sent * 1000000000ull);
		taken = sendmmsg(socket_fd, messages, wanted, 0);
		sending[batches] = now() - start;
		if (taken < 0)
			fail("sendmmsg");
		sent += taken;
		comparing[batches++] = compare(pair, messages_compared);
	}
	begin = now() - begin;
	printf("%llu %llu %llu\n", sum_usual(sending, batches), sum_usual(comparing, batches),
	       (unsigned long long)begin);
	return 0;
}
