import type { Layout } from './layout.js';
import { layOutMbuf } from './layout-mbuf.js';
import { layOutSkb } from './layout-skb.js';
import { layOutSock } from './layout-sock.js';

/** How each target's packets are laid out, by the target's name in the manifest. */
export const layouts: Readonly<Record<string, Layout>> = {
  skb: layOutSkb,
  sock: layOutSock,
  mbuf: layOutMbuf,
};
