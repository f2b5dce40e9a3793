/*
 * A copy of which a verifier does not know that it is one: what it learns about the copy says nothing
 * about the original, and so does not split the paths that follow.
 */
#ifdef __bpf__
#define netcap_unlink(value) asm volatile("%0 ^= 0" : "+r"(value))
#else
#define netcap_unlink(value) (void)(value)
#endif

static __always_inline __u32 netcap_fresh32(__u32 value)
{
	netcap_unlink(value);
	return value;
}

static __always_inline __u64 netcap_fresh64(__u64 value)
{
	netcap_unlink(value);
	return value;
}
