/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/*
 * All that the programs need of the kernel's and libbpf's headers: an object is built from one
 * self-contained file, without any header of the machine that builds it.
 */
typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed int __s32;
typedef signed long long __s64;
typedef __u8 bool;

#define true 1
#define false 0
#define NULL ((void *)0)

#define SEC(name) __attribute__((section(name), used))
#define __always_inline inline __attribute__((always_inline, unused))
#define __noinline __attribute__((noinline, unused))
#define __weak __attribute__((weak))
#define __ksym __attribute__((section(".ksyms")))
#define __uint(name, value) int(*name)[value]
#define __type(name, type) typeof(type) *name
#define __array(name, type) typeof(type) *name[]
#define __helper __attribute__((unused)) static
#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)
#define sizeof_member(type, member) sizeof(((struct type *)0)->member)

#define BPF_MAP_TYPE_HASH 1
#define BPF_MAP_TYPE_ARRAY 2
#define BPF_MAP_TYPE_PERCPU_ARRAY 6
#define BPF_MAP_TYPE_LRU_HASH 9
#define BPF_MAP_TYPE_ARRAY_OF_MAPS 12
#define BPF_MAP_TYPE_RINGBUF 27
#define BPF_RB_NO_WAKEUP 1
#define BPF_RB_FORCE_WAKEUP 2
#define BPF_RB_AVAIL_DATA 0
#define BPF_RB_RING_SIZE 1

/* Helpers are called by number (enum bpf_func_id of the kernel's uapi, never renumbered). */
__helper void *(*bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
__helper long (*bpf_map_update_elem)(void *map, const void *key, const void *value,
				     __u64 flags) = (void *)2;
__helper long (*bpf_map_delete_elem)(void *map, const void *key) = (void *)3;
__helper __u64 (*bpf_ktime_get_ns)(void) = (void *)5;
__helper __u32 (*bpf_get_prandom_u32)(void) = (void *)7;
__helper __u32 (*bpf_get_smp_processor_id)(void) = (void *)8;
__helper __u64 (*bpf_get_current_pid_tgid)(void) = (void *)14;
__helper long (*bpf_probe_read_user)(void *to, __u32 size, const void *from) = (void *)112;
__helper long (*bpf_probe_read_kernel)(void *to, __u32 size, const void *from) = (void *)113;
__helper void *(*bpf_ringbuf_reserve)(void *ring, __u64 size, __u64 flags) = (void *)131;
__helper void (*bpf_ringbuf_submit)(void *record, __u64 flags) = (void *)132;
__helper void (*bpf_ringbuf_discard)(void *record, __u64 flags) = (void *)133;
__helper __u64 (*bpf_ringbuf_query)(void *ring, __u64 what) = (void *)134;
__helper __u64 (*bpf_get_attach_cookie)(void *context) = (void *)174;

/*
 * A kfunc since 6.2: gives any address a kernel type, so that plain loads may follow; the verifier
 * turns the call into a register move, and a load that faults reads 0. Weak: where it is missing
 * the test of its address is false and the verifier drops the branch. `const` lets the compiler
 * share equal casts.
 */
extern void *bpf_rdonly_cast(const void *address, __u32 type) __ksym __weak
	__attribute__((const));

/* Names as the kernel's BTF has them. */
enum bpf_func_id {
	BPF_FUNC_get_attach_cookie = 174,
};

/* CO-RE: the loader replaces these by what the running kernel's BTF says. */
#define netcap_offset_of(type, field) \
	((__u64)__builtin_preserve_field_info(((struct type *)0)->field, 0))
#define netcap_field_exists(type, field) \
	(__builtin_preserve_field_info(((struct type *)0)->field, 2) != 0)
/* Whether the running kernel has a helper: one that it lacks must not be reached. */
#define netcap_has_helper(name) \
	(__builtin_preserve_enum_value(*(enum bpf_func_id *)BPF_FUNC_##name, 0) != 0)
#define netcap_type_id(type) ((__u32)__builtin_btf_type_id(*(struct type *)0, 1))
#define netcap_type_size(type) \
	((__u64)__builtin_preserve_type_info(*(struct type *)0, 1))

#define netcap_swap16(value) ((__u16)__builtin_bswap16((__u16)(value)))
#define netcap_swap32(value) ((__u32)__builtin_bswap32((__u32)(value)))
#define netcap_swap64(value) ((__u64)__builtin_bswap64((__u64)(value)))
#define netcap_minimum(a, b) ((a) < (b) ? (a) : (b))

/*
 * Keeps the compiler from reasoning across this point: a bound that was just established for the
 * verifier stays the instruction that the verifier reads.
 */
#define netcap_opaque(variable) asm volatile("" : "+r"(variable))
