import type { Target } from './target.js';

/** `struct sock`: headers synthesised from its addresses and ports, then what the skb beside it holds. */
export const sock: Target = {
  name: 'sock',
  template: 'sock.bpf.c',
  links: ['ethernet'],
  asksQuickly: false,
  hasDevice: false,
};
