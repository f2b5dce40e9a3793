import type { Target } from './target.js';

/** `struct sk_buff`: from the link header if it has one, otherwise from the network header. */
export const skb: Target = {
  name: 'skb',
  template: 'skb.bpf.c',
  links: ['ethernet', 'network'],
  asksQuickly: true,
  hasDevice: true,
};
