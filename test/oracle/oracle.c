// SPDX-License-Identifier: Apache-2.0
/*
 * oracle CAPTURE [--link-type NUMBER] [--truncate N] [--optimise] [--seconds N]
 * oracle --version
 *
 * Ask libpcap for its verdict on every packet of CAPTURE. Reads filters from standard input, one a line:
 *     ID <TAB> EXPRESSION
 * and answers each with one line:
 *     ID <TAB> OK <TAB> NUMBER OF MATCHES <TAB> a 0 or 1 for each packet
 *     ID <TAB> ERR <TAB> libpcap's message
 *     ID <TAB> NONE <TAB> why there is no verdict (time limit, crash)
 * --truncate cuts what was captured of each packet, not its length on the wire.
 */
#include <pcap/pcap.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct packet {
	struct pcap_pkthdr header;
	unsigned char *bytes;
};

static struct packet *packets;
static size_t packet_count;

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "oracle: %s: %s\n", what, why);
	exit(2);
}

static void *need(void *memory)
{
	if (!memory)
		fail("memory", "exhausted");
	return memory;
}

static void read_packets(pcap_t *capture, bpf_u_int32 limit)
{
	struct pcap_pkthdr *header;
	const unsigned char *bytes;
	size_t room = 0;
	int status;

	while ((status = pcap_next_ex(capture, &header, &bytes)) == 1) {
		struct packet *packet;

		if (packet_count == room) {
			room = room ? 2 * room : 1024;
			packets = need(realloc(packets, room * sizeof(*packets)));
		}
		packet = &packets[packet_count++];
		packet->header = *header;
		if (packet->header.caplen > limit)
			packet->header.caplen = limit;
		/* A copy of just the captured size, so that valgrind or a sanitiser sees a read beyond it. */
		packet->bytes = need(malloc(packet->header.caplen + !packet->header.caplen));
		memcpy(packet->bytes, bytes, packet->header.caplen);
	}
	if (status == PCAP_ERROR)
		fail("capture", pcap_geterr(capture));
}

static void print_verdicts(pcap_t *handle, const char *id, const char *expression, bool optimise)
{
	struct bpf_program program;
	char *bits = need(malloc(packet_count + 1));
	size_t matched = 0;

	if (pcap_compile(handle, &program, expression, optimise, PCAP_NETMASK_UNKNOWN) != 0) {
		printf("%s\tERR\t%s\n", id, pcap_geterr(handle));
		return;
	}
	for (size_t i = 0; i < packet_count; i++) {
		bool match = pcap_offline_filter(&program, &packets[i].header, packets[i].bytes) != 0;

		matched += match;
		bits[i] = '0' + match;
	}
	bits[packet_count] = '\0';
	printf("%s\tOK\t%zu\t%s\n", id, matched, bits);
}

/* In a process of its own: protochain loops for ever in some versions, and a crash must not cost the other verdicts. */
static void judge(pcap_t *handle, const char *id, const char *expression, bool optimise, unsigned int seconds)
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (child == -1)
		fail("fork", "refused");
	if (child == 0) {
		alarm(seconds);
		print_verdicts(handle, id, expression, optimise);
		fflush(stdout);
		_exit(0);
	}
	waitpid(child, &status, 0);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		printf("%s\tNONE\ttime limit of %u s\n", id, seconds);
	else if (WIFSIGNALED(status))
		printf("%s\tNONE\tsignal %d\n", id, WTERMSIG(status));
	else if (status != 0)
		printf("%s\tNONE\texit status %d\n", id, WEXITSTATUS(status));
}

int main(int argc, char **argv)
{
	char message[PCAP_ERRBUF_SIZE], *line = NULL;
	unsigned int seconds = 5;
	bpf_u_int32 limit = 262144;
	bool optimise = false;
	int link_type = -1;
	pcap_t *capture, *handle;
	size_t room = 0;
	ssize_t length;

	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return puts(pcap_lib_version()) < 0;
	if (argc < 2)
		fail("usage", "oracle CAPTURE [--link-type NUMBER] [--truncate N] [--optimise] [--seconds N]");
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--optimise") == 0)
			optimise = true;
		else if (strcmp(argv[i], "--link-type") == 0 && i + 1 < argc)
			link_type = atoi(argv[++i]);
		else if (strcmp(argv[i], "--truncate") == 0 && i + 1 < argc)
			limit = strtoul(argv[++i], NULL, 10);
		else if (strcmp(argv[i], "--seconds") == 0 && i + 1 < argc)
			seconds = atoi(argv[++i]);
		else
			fail("unknown option", argv[i]);
	}

	capture = pcap_open_offline(argv[1], message);
	if (!capture)
		fail(argv[1], message);
	if (link_type == -1)
		link_type = pcap_datalink(capture);
	read_packets(capture, limit);
	/* A dead handle of DLT_NULL compares with the host's AF_INET6, a savefile's with every system's. */
	handle = link_type == DLT_NULL ? capture : pcap_open_dead(link_type, 262144);
	if (!handle)
		fail("pcap_open_dead", "refused");

	while ((length = getline(&line, &room, stdin)) > 0) {
		char *tab = strchr(line, '\t');

		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		if (!tab)
			fail("no tab in", line);
		*tab = '\0';
		judge(handle, line, tab + 1, optimise, seconds);
	}
	return 0;
}
