// SPDX-License-Identifier: Apache-2.0
/* An XDP program that does nothing: what an interface does differently because it has one. */
__attribute__((section("xdp"), used)) int pass(void *context)
{
	return 2; /* XDP_PASS */
}
