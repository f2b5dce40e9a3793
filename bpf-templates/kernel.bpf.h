/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * The members of kernel structures that the programs read. Offsets come from the running kernel's
 * BTF (CO-RE), so neither order nor neighbours matter. What differs between kernels is in
 * core-fixes.bpf.h.
 */
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct ns_common {
	__u32 inum;
};

struct net {
	struct ns_common ns;
};

typedef struct {
	struct net *net;
} possible_net_t;

struct net_device {
	char name[16];
	int ifindex;
	possible_net_t nd_net;
};

struct sk_buff {
	struct sk_buff *next;
	struct net_device *dev;
	__u32 len;
	__u32 data_len;
	__u8 pkt_type : 3;
	int skb_iif;
	__u16 vlan_proto; /* big-endian, as on the wire */
	__u16 vlan_tci;   /* host order */
	__u16 protocol;   /* big-endian */
	__u16 network_header;
	__u16 mac_header;
	__u32 tail; /* as end, an offset from head on every 64-bit kernel */
	__u32 end;
	unsigned char *head;
	unsigned char *data;
};

struct skb_frag {
	__u32 len;
};

struct skb_shared_info {
	__u8 nr_frags;
	struct sk_buff *frag_list;
	struct skb_frag frags[1];
};

struct in6_addr {
	__u8 bytes[16];
};

struct sock_common {
	__u32 skc_daddr;     /* big-endian */
	__u32 skc_rcv_saddr; /* big-endian */
	__u16 skc_dport;     /* big-endian */
	__u16 skc_num;       /* host order */
	__u16 skc_family;
	__u8 skc_state;
	int skc_bound_dev_if;
	possible_net_t skc_net;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
};

struct sock {
	__u16 sk_protocol; /* 16 bits since 5.6 */
};

struct page {
	unsigned long flags;
};

#pragma clang attribute pop

/*
 * A type that every kernel has and that is little but one array of bytes, `char __data[126]` at
 * offset 2: cast to it, any address allows loads of 1, 2, 4 or 8 bytes anywhere in the array (the
 * verifier walks into arrays of scalars freely). Untyped casts would not need it, but exist from
 * 6.18 on only.
 */
struct __kernel_sockaddr_storage {
	__u16 ss_family;
	char __data[126];
} __attribute__((preserve_access_index));

#define NETCAP_BYTES_OFFSET 2
#define NETCAP_BYTES_SIZE 126

/* Inode of the network namespace that the possible_net_t at `place` names: what lsns prints. */
static __always_inline __u32 netcap_network(__u64 place)
{
	__u64 network = 0;
	__u32 inode = 0;

	bpf_probe_read_kernel(&network, 8, (void *)place);
	bpf_probe_read_kernel(&inode, 4, (void *)(network + netcap_offset_of(net, ns.inum)));
	return inode;
}
