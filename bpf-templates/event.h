/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * What programs and user space exchange. Every struct tagged NETCAP_EVENT has a decoder in
 * runtime/events/generated.ts, generated from the object's BTF: change it here, then run
 * `npm run generate`. Only fixed-width members, no padding that is not spelt out.
 */
#define NETCAP_EVENT __attribute__((btf_decl_tag("netcap:event")))

/* The record starts at a MAC header; otherwise at a network header of type `protocol`. */
#define NETCAP_RECORD_ETHERNET 1
/* A VLAN tag that was in the skb's metadata was put back into the bytes. */
#define NETCAP_RECORD_VLAN 2
/* Fewer bytes were captured than both the snaplen and the packet's length allow. */
#define NETCAP_RECORD_TRUNCATED 4
/* Target skb: it has come in through a device that skb_iif names; not yet so where it just arrives. */
#define NETCAP_RECORD_RECEIVED 8
/* Target skb: three bits of skb->pkt_type, PACKET_HOST to PACKET_OUTGOING of linux/if_packet.h. */
#define NETCAP_RECORD_TYPE_SHIFT 4

/* Leads every record of the ring; `captured` bytes of packet follow. */
struct netcap_record {
	__u64 timestamp; /* CLOCK_MONOTONIC, nanoseconds */
	__u64 packet;    /* address of the skb, sock or mbuf: the packet's identity while it lives */
	__u64 location;  /* address given by the hook's location argument (kfree_skb), or 0 */
	__u32 length;    /* on the wire, bytes */
	__u32 captured;  /* bytes that follow */
	__u32 hook;      /* index in the list of hooks */
	__u32 reason;    /* value of the hook's reason argument, or 0 */
	__u32 interface; /* ifindex of the packet's device, or 0 */
	__u32 process;   /* thread group id that was running, or 0 */
	__u32 thread;    /* thread id that was running */
	__u32 processor; /* CPU number */
	__u32 lost;      /* of this hook on this CPU: matched but not written so far, modulo 2^32 */
	__u16 protocol;  /* EtherType by the skb, host order */
	__u16 flags;     /* NETCAP_RECORD_* */
} NETCAP_EVENT;

/*
 * Per hook and CPU. seen = matched + rejected by the filter or a knob; matched = written to the
 * ring + ring_full + read_failed + sampled_out + limited + surplus.
 */
struct netcap_counters {
	__u64 seen;
	__u64 matched;
	__u64 ring_full;   /* matched, but the ring had no room */
	__u64 read_failed; /* matched, but its bytes could not be read */
	__u64 truncated;   /* written with fewer bytes than the snaplen and its length allow */
	__u64 sampled_out; /* matched, but not drawn: knobs.sample */
	__u64 limited;     /* matched, but over the rate: knobs.rate_interval */
	__u64 surplus;     /* matched when as many as knobs.count had been written */
} NETCAP_EVENT;

/* What all hooks and CPUs have in common: the value of map netcap_shared. */
struct netcap_shared {
	__u64 written; /* records, if knobs.count is not 0 */
	__u64 due;     /* when the next packet is due at the rate, if there is one; CLOCK_MONOTONIC */
};

#define NETCAP_NO_ARGUMENT 255
#define NETCAP_NO_OFFSET 65535
/* As an argument: what the function returned. */
#define NETCAP_RETURNED 254

/* What the hook's packet argument is, if it is not what the target's name says: target skb only. */
#define NETCAP_PACKET_XDP 1 /* struct xdp_buff * */
/* What the target's name says, and the verifier knows it: loads need no helper. Target skb only. */
#define NETCAP_PACKET_TYPED 2

/*
 * Set before load, frozen afterwards; the verifier sees constants. Arguments count from 0;
 * NETCAP_NO_ARGUMENT is none.
 */
struct netcap_knobs {
	__u32 hook;              /* index in the list of hooks, key of the counters */
	__u32 snaplen;           /* bytes of a packet to copy at most */
	__u32 count;             /* write no more records after so many; 0 is no limit */
	__u32 sample;            /* draw one of so many packets that match; 0 is all */
	__u32 rate_interval;     /* nanoseconds from one packet to the next; 0 is no limit */
	__u32 rate_tolerance;    /* ... by how many a packet may come too early: the burst */
	__u32 interface;         /* only this ifindex; 0 is any */
	__u32 network;           /* ... in the network namespace of this inode: each counts its own */
	__u8 packet_argument;    /* which argument is the packet */
	__u8 location_argument;  /* which argument is a code address */
	__u8 reason_argument;    /* which argument is a drop reason */
	__u8 payload_argument;   /* target sock: which argument is an skb that holds the payload */
	__u16 packet_offset;     /* tracepoint: offset of the packet's address in the event */
	__u16 location_offset;   /* tracepoint: the same for the code address; 65535 is none */
	__u16 reason_offset;     /* tracepoint: the same for the drop reason; 65535 is none */
	__u16 payload_offset;    /* tracepoint: the same for the payload's skb; 65535 is none */
	__u8 reader;             /* 0: the best that the kernel has; 1: window, for tests */
	__u8 rings;              /* how many rings CPUs share; 0: the one that every object has */
	__u8 has_process;        /* programs of this kind may ask which process is running */
	__u8 packet_kind;        /* NETCAP_PACKET_* */
} NETCAP_EVENT;

/* `bytes` starts at a network header of type `protocol`; otherwise at a MAC header. */
#define NETCAP_INPUT_NETWORK 1
/* Target skb: the program moves the VLAN tag at offset 12 to the skb's metadata first. */
#define NETCAP_INPUT_VLAN 2

/* A packet for netcap_match: the value of map netcap_packets. */
#define NETCAP_MATCH_BYTES 2048
#define NETCAP_MATCH_SCRATCH 1536
struct netcap_input {
	__u32 captured; /* bytes present in `bytes` */
	__u32 length;   /* on the wire */
	__u32 protocol; /* EtherType, for link network */
	__u32 link;     /* NETCAP_INPUT_* */
	__u8 scratch[NETCAP_MATCH_SCRATCH]; /* zeros; the sk_buff or sock is built here */
	__u8 bytes[NETCAP_MATCH_BYTES];
} NETCAP_EVENT;

/* Target mbuf: where the members of struct rte_mbuf are, in bytes. Set before load. */
struct netcap_mbuf_layout {
	__u32 buf_addr;
	__u32 data_off;
	__u32 nb_segs;
	__u32 pkt_len;
	__u32 data_len;
	__u32 next;
} NETCAP_EVENT;
