/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* Differences between kernels, 5.10 and later; each with the version and the commit's subject. */

/*
 * VLAN tag in the metadata. Up to 6.1 a bit of its own says that there is one; 6.2 ("net: remove
 * skb->vlan_present") took it away: there is a tag if protocol and TCI are not both zero, and
 * vlan_all is both.
 */
struct sk_buff___vlan_all {
	__u32 vlan_all;
} __attribute__((preserve_access_index));

struct sk_buff___vlan_present {
	__u8 vlan_present : 1;
} __attribute__((preserve_access_index));

#define NETCAP_VLAN_PRESENT(kind) \
	__builtin_preserve_field_info(((struct sk_buff___vlan_present *)0)->vlan_present, kind)
#define NETCAP_HAS_VLAN_PRESENT (NETCAP_VLAN_PRESENT(2) != 0)

/* CO-RE gives the place of a bit field as the word that holds it and two shifts of that word. */
#define NETCAP_VLAN_PRESENT_OFFSET ((__u64)NETCAP_VLAN_PRESENT(0))
#define NETCAP_VLAN_PRESENT_BIT(word) \
	((__u64)(word) << NETCAP_VLAN_PRESENT(4) >> NETCAP_VLAN_PRESENT(5))
#define NETCAP_VLAN_PRESENT_MASK (1ull << (63 - NETCAP_VLAN_PRESENT(4)))

/* skb->pkt_type is in another byte on some kernels. */
#define NETCAP_PKT_TYPE(kind) \
	__builtin_preserve_field_info(((struct sk_buff *)0)->pkt_type, kind)
#define NETCAP_PKT_TYPE_OFFSET ((__u64)NETCAP_PKT_TYPE(0))
#define NETCAP_PKT_TYPE_BITS(word) ((__u64)(word) << NETCAP_PKT_TYPE(4) >> NETCAP_PKT_TYPE(5))

/*
 * A page fragment (skb_frag_t): struct bio_vec { bv_page, bv_len, bv_offset } since 5.4, struct
 * skb_frag { netmem, len, offset } since 6.9 ("net: add netmem to skb_frag_t"): other names, the
 * same layout. Bit 0 of a netmem says that it is no page but device memory (6.12, "net: support
 * non paged skb frags"), which the CPU cannot read.
 */
struct netcap_fragment {
	__u64 page;
	__u32 length;
	__u32 offset;
};

#define NETCAP_NOT_A_PAGE 1ull

/*
 * MAX_SKB_FRAGS is 17; since 6.4 a kernel may be built with up to 45. The filter reads all of them;
 * what lies in the 18th and later is not written out (and counted as truncated), because the
 * verifier follows every round for every class of record sizes.
 */
#define NETCAP_FRAGMENTS 45
#define NETCAP_FRAGMENTS_COPIED 17

/*
 * Pieces of a list of skbs: a datagram of 64 KiB in IP fragments of 1,480 bytes has 44, or 88 where
 * each has an empty linear area and a page fragment; GRO puts up to 64 packets into a list. Again
 * the filter reads more of them than are written out.
 */
#define NETCAP_PIECES 128
#define NETCAP_PIECES_COPIED 64
