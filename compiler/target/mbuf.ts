import type { Target } from './target.js';

/** DPDK's `struct rte_mbuf`: the segments of a chain, in user memory. */
export const mbuf: Target = {
  name: 'mbuf',
  template: 'mbuf.bpf.c',
  links: ['ethernet'],
  asksQuickly: false,
  hasDevice: false,
};
