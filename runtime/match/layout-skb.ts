import { inputLink } from '../events/flags.js';
import { etherTypeAt, layOutInput } from './input.js';
import { etherTypeOf, type Layout } from './layout.js';

const vlanEtherTypes = [0x8100, 0x88a8, 0x9100];

/** The bytes as they are; the program builds the sk_buff around them. */
export const layOutSkb: Layout = ({ bytes, length, link }, key, { isVlanInMetadata }) => {
  const hasTag = isVlanInMetadata && link === 'ethernet' && isTagged(bytes);
  return layOutInput(bytes, key, {
    length,
    protocol: link === 'network' ? etherTypeOf(bytes) : innermostEtherType(bytes, hasTag),
    link: (link === 'network' ? inputLink.network : 0) | (hasTag ? inputLink.vlan : 0),
  });
};

function isTagged(bytes: Uint8Array): boolean {
  return bytes.length >= 18 && vlanEtherTypes.includes(etherTypeAt(bytes, 12));
}

/** What the kernel would put into skb->protocol: the EtherType after a tag that it moved. */
function innermostEtherType(bytes: Uint8Array, hasTag: boolean): number {
  return etherTypeAt(bytes, hasTag ? 16 : 12);
}
