/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * The skb as what hooks have: a pointer whose loads are plain ones, which a map's value is to the verifier as the
 * argument of a tp_btf program is; or a number, as at a kprobe.
 */
#ifdef BENCH_TYPED
#define BENCH_SKB(packet) ((__u64)(packet)->skb)
#define BENCH_HOOK "tp_btf/kfree_skb"
#else
#define BENCH_SKB(packet) ((packet)->address)
#define BENCH_HOOK "raw_tp"
#endif
