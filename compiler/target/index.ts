import { mbuf } from './mbuf.js';
import { skb } from './skb.js';
import { sock } from './sock.js';
import type { Target, TargetName } from './target.js';

/** The targets by name. */
export const targets: { readonly [name in TargetName]: Target } = { skb, sock, mbuf };
