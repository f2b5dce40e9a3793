// SPDX-License-Identifier: Apache-2.0
/*
 * oracle CAPTURE [--link-type NUMBER] [--truncate N] [--optimise] [--seconds N]
 * oracle --stream [--optimise] [--seconds N]
 * oracle --version
 *
 * Ask libpcap for its verdict on every packet of CAPTURE. Reads filters from standard input, one a line:
 *     ID <TAB> EXPRESSION
 * and answers each with one line:
 *     ID <TAB> OK <TAB> NUMBER OF MATCHES <TAB> a 0 or 1 for each packet
 *     ID <TAB> ERR <TAB> libpcap's message
 *     ID <TAB> NONE <TAB> why there is no verdict (time limit, crash)
 * --truncate cuts what was captured of each packet, not its length on the wire.
 *
 * With --stream every filter brings its own packets, which stand behind its line:
 *     ID <TAB> LINKTYPE NUMBER <TAB> NETMASK, or -1 <TAB> NUMBER OF PACKETS <TAB> EXPRESSION
 *     captured length, length on the wire: 32 bits each, this machine's order; captured bytes
 * An OK has one more field then: the program, 16 hexadecimal digits an instruction (code, jt, jf, k).
 */
#include <nss.h>
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

/* A filter to compile, and for what. */
struct question {
	pcap_t *handle;
	const char *id;
	const char *expression;
	bpf_u_int32 netmask;
	bool optimise;
	bool wants_program;
	unsigned int seconds;
};

static void print_program(const struct bpf_program *program)
{
	putchar('\t');
	for (unsigned int i = 0; i < program->bf_len; i++) {
		const struct bpf_insn *instruction = &program->bf_insns[i];

		printf("%04x%02x%02x%08x", instruction->code, instruction->jt, instruction->jf, instruction->k);
	}
}

static void print_verdicts(const struct question *question)
{
	struct bpf_program program;
	char *bits = need(malloc(packet_count + 1));
	size_t matched = 0;

	if (pcap_compile(question->handle, &program, question->expression, question->optimise,
			 question->netmask) != 0) {
		printf("%s\tERR\t%s\n", question->id, pcap_geterr(question->handle));
		return;
	}
	for (size_t i = 0; i < packet_count; i++) {
		bool match = pcap_offline_filter(&program, &packets[i].header, packets[i].bytes) != 0;

		matched += match;
		bits[i] = '0' + match;
	}
	bits[packet_count] = '\0';
	printf("%s\tOK\t%zu\t%s", question->id, matched, bits);
	if (question->wants_program)
		print_program(&program);
	putchar('\n');
}

/* In a process of its own: protochain loops for ever in some versions, and a crash must not cost the other verdicts. */
static void judge(const struct question *question)
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (child == -1)
		fail("fork", "refused");
	if (child == 0) {
		alarm(question->seconds);
		print_verdicts(question);
		fflush(stdout);
		_exit(0);
	}
	waitpid(child, &status, 0);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		printf("%s\tNONE\ttime limit of %u s\n", question->id, question->seconds);
	else if (WIFSIGNALED(status))
		printf("%s\tNONE\tsignal %d\n", question->id, WTERMSIG(status));
	else if (status != 0)
		printf("%s\tNONE\texit status %d\n", question->id, WEXITSTATUS(status));
}

/* The field of a line up to its tab; the line goes on behind it. */
static char *next_field(char **line)
{
	char *field = *line, *tab = strchr(field, '\t');

	if (!tab)
		fail("no tab in", field);
	*tab = '\0';
	*line = tab + 1;
	return field;
}

/* A handle on a capture without packets: what a filter may ask for depends on the file's link type. */
static pcap_t *open_empty(unsigned int link_type)
{
	static pcap_t *handles[512];
	unsigned int header[6] = { 0xa1b2c3d4, 4 << 16 | 2, 0, 0, 262144, link_type };
	char message[PCAP_ERRBUF_SIZE];

	if (link_type >= sizeof(handles) / sizeof(*handles))
		fail("link type", "out of range");
	if (!handles[link_type])
		handles[link_type] = pcap_fopen_offline(fmemopen(header, sizeof(header), "r"), message);
	if (!handles[link_type])
		fail("pcap_fopen_offline", message);
	return handles[link_type];
}

static void read_exactly(void *memory, size_t size)
{
	if (fread(memory, 1, size, stdin) != size)
		fail("standard input", "ends inside a packet");
}

static void read_stream_packets(size_t count)
{
	while (packet_count > 0)
		free(packets[--packet_count].bytes);
	free(packets);
	packets = need(calloc(count + 1, sizeof(*packets)));
	for (; packet_count < count; packet_count++) {
		struct packet *packet = &packets[packet_count];

		read_exactly(&packet->header.caplen, sizeof(packet->header.caplen));
		read_exactly(&packet->header.len, sizeof(packet->header.len));
		packet->bytes = need(malloc(packet->header.caplen + !packet->header.caplen));
		read_exactly(packet->bytes, packet->header.caplen);
	}
}

static void cut_line_break(char *line, ssize_t length)
{
	if (line[length - 1] == '\n')
		line[length - 1] = '\0';
}

static int answer_stream(bool optimise, unsigned int seconds)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	/* No question may wait for a name server, nor its answer depend on one. */
	__nss_configure_lookup("hosts", "files");
	while ((length = getline(&line, &room, stdin)) > 0) {
		struct question question = { .optimise = optimise, .wants_program = true, .seconds = seconds };
		char *rest = line;

		cut_line_break(line, length);
		question.id = next_field(&rest);
		question.handle = open_empty(strtoul(next_field(&rest), NULL, 10));
		question.netmask = strtoll(next_field(&rest), NULL, 10);
		read_stream_packets(strtoul(next_field(&rest), NULL, 10));
		question.expression = rest;
		judge(&question);
		fflush(stdout);
	}
	return 0;
}

int main(int argc, char **argv)
{
	char message[PCAP_ERRBUF_SIZE], *line = NULL;
	struct question question = { .netmask = PCAP_NETMASK_UNKNOWN, .seconds = 5 };
	bpf_u_int32 limit = 262144;
	int link_type = -1;
	pcap_t *capture;
	size_t room = 0;
	ssize_t length;

	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return puts(pcap_lib_version()) < 0;
	if (argc < 2)
		fail("usage", "oracle CAPTURE|--stream [--link-type NUMBER] [--truncate N] [--optimise] [--seconds N]");
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--optimise") == 0)
			question.optimise = true;
		else if (strcmp(argv[i], "--link-type") == 0 && i + 1 < argc)
			link_type = atoi(argv[++i]);
		else if (strcmp(argv[i], "--truncate") == 0 && i + 1 < argc)
			limit = strtoul(argv[++i], NULL, 10);
		else if (strcmp(argv[i], "--seconds") == 0 && i + 1 < argc)
			question.seconds = atoi(argv[++i]);
		else
			fail("unknown option", argv[i]);
	}
	if (strcmp(argv[1], "--stream") == 0)
		return answer_stream(question.optimise, question.seconds);

	capture = pcap_open_offline(argv[1], message);
	if (!capture)
		fail(argv[1], message);
	if (link_type == -1)
		link_type = pcap_datalink(capture);
	read_packets(capture, limit);
	/* A dead handle of these compares with the host's AF_INET6, a savefile's with every system's. */
	question.handle = link_type == DLT_NULL || link_type == DLT_LOOP ? capture : pcap_open_dead(link_type, 262144);
	if (!question.handle)
		fail("pcap_open_dead", "refused");

	while ((length = getline(&line, &room, stdin)) > 0) {
		char *rest = line;

		cut_line_break(line, length);
		question.id = next_field(&rest);
		question.expression = rest;
		judge(&question);
	}
	return 0;
}
