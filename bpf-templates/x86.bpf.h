/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0 */
/* All that is particular to x86-64. */

/* Offsets in struct pt_regs (uapi asm/ptrace.h), in the order of the calling convention. */
#define NETCAP_REGISTER_0 "112" /* di */
#define NETCAP_REGISTER_1 "104" /* si */
#define NETCAP_REGISTER_2 "96"  /* dx */
#define NETCAP_REGISTER_3 "88"  /* cx */
#define NETCAP_REGISTER_4 "72"  /* r8 */
#define NETCAP_REGISTER_5 "64"  /* r9 */
#define NETCAP_REGISTER_RETURNED "80" /* ax */
#define NETCAP_REGISTER_INSTRUCTION "128" /* ip */
#define NETCAP_REGISTER_STACK "152" /* sp */

/* A kprobe sees the instruction pointer behind the breakpoint, which is one byte. */
#define NETCAP_BREAKPOINT_SIZE 1
/* The return address was on the stack at a function's entry, and no longer is at its return. */
#define NETCAP_RETURN_ADDRESS_SIZE 8

/*
 * Variables of the kernel that say where the direct map and the array of struct page begin. Weak:
 * a kernel without CONFIG_KALLSYMS_ALL does not list them. Void: libbpf looks for what has a type in
 * the kernel's BTF, not among its symbols.
 */
extern const void page_offset_base __ksym __weak;
extern const void vmemmap_base __ksym __weak;

/*
 * Where both begin when nothing moved them: four-level paging, no randomised memory. The latter
 * only ever moves the direct map up by whole gigabytes, so that nothing is mapped at its default
 * start if it was moved: being able to read there (low memory always is in the direct map) proves
 * the defaults.
 */
#define NETCAP_DEFAULT_PAGE_OFFSET 0xffff888000000000ull
#define NETCAP_DEFAULT_VMEMMAP 0xffffea0000000000ull
