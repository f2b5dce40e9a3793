// SPDX-License-Identifier: Apache-2.0
/*
 * purge-queues PROCESSOR
 *
 * Has the kernel drop messages that wait in local sockets, over and over until it is killed: kfree_skb in a process, which
 * interrupts get in between.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **arguments)
{
	cpu_set_t processors;

	if (count != 2)
		return 2;
	CPU_ZERO(&processors);
	CPU_SET(atoi(arguments[1]), &processors);
	if (sched_setaffinity(0, sizeof(processors), &processors))
		return 1;
	for (;;) {
		char message[64] = { 0 };
		int pair[2];

		if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair))
			return 1;
		while (send(pair[0], message, sizeof(message), MSG_DONTWAIT) > 0)
			;
		close(pair[1]);
		close(pair[0]);
	}
}
