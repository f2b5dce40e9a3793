import { pick } from '../../test/packets/random.js';
import { chance } from '../seed.js';
import { enterTunnel, hasMac, hasTypes, type Writer } from './place.js';
import { boundary, writeNumber } from './values.js';
import { words } from './words.js';

const transports = words('tcp udp icmp icmp6 ip ip6 sctp igmp igrp pim');
const rareTransports = words('vrrp carp ah esp');
const types = words('arp rarp atalk aarp decnet lat sca moprc mopdl');
const llcTypes = words('stp ipx iso netbeui');
const isoTypes = words('clnp esis es-is isis is-is l1 l2 iih lsp snp csnp psnp');
const llcNames = words('i s u rr rnr rej ui ua disc dm sabme test xid frmr UI Rr');

/** A protocol alone. */
export function protocol(writer: Writer): string {
  const { random } = writer;
  if (!hasTypes(writer) || chance(random, 60))
    return chance(random, 85) ? pick(random, transports) : pick(random, rareTransports);
  switch (random(4)) {
    case 0:
    case 1:
      return pick(random, types);
    case 2:
      return pick(random, llcTypes);
    default:
      return pick(random, isoTypes);
  }
}

/** Primitives with a keyword of their own that leave the place in the packet alone. */
export function keyword(writer: Writer): string {
  const { random, place } = writer;
  for (;;) {
    switch (random(7)) {
      case 0:
        return `${pick(random, ['less', 'greater'])} ${writeNumber(random, boundary(random, 2048))}`;
      case 1: {
        const sign = pick(random, ['=', '==', '<', '>', '&', '|']);
        return `byte ${random(60)} ${sign} ${writeNumber(random, boundary(random, 256))}`;
      }
      case 2:
        return pick(random, ['ip multicast', 'ip6 multicast']);
      case 3:
        if (writer.hasNetmask) return 'ip broadcast';
        break;
      case 4:
        if (hasMac(writer))
          return `${pick(random, ['', 'ether ', 'link '])}${pick(random, ['broadcast', 'multicast'])}`;
        break;
      case 5:
        if (hasMac(writer) && hasTypes(writer)) return logicalLink(writer);
        break;
      default:
        if (place.link === 'linux-sll' || place.link === 'linux-sll2')
          return pick(random, [
            'inbound',
            'outbound',
            place.link === 'linux-sll2' ? `ifindex ${random(4)}` : 'inbound',
          ]);
    }
  }
}

function logicalLink({ random }: Writer): string {
  if (chance(random, 20)) return 'llc';
  return `llc ${pick(random, llcNames)}`;
}

/** Whether another encapsulation can stand here. */
export function canEncapsulate({ place }: Writer): boolean {
  return place.slots < 6;
}

/** One encapsulation; moves the place for all that is written to its right. */
export function encapsulation(writer: Writer): string {
  const { random, place } = writer;
  const number = (limit: number) => {
    if (chance(random, 40)) return '';
    const text = writeNumber(random, chance(random, 60) ? random(4) + 1 : boundary(random, limit));
    return ` ${chance(random, 5) ? `(${text})` : text}`;
  };
  for (;;) {
    switch (random(8)) {
      case 0:
      case 1:
      case 2:
        if (place.link !== 'ethernet' || place.labels > 0) break;
        return `vlan${number(4096)}`;
      case 3:
      case 4:
        if (place.link !== 'ethernet' && place.link !== 'ppp') break;
        place.labels += 1;
        return `mpls${number(2 ** 20)}`;
      case 5:
        if (!hasTypes(writer)) break;
        if (chance(random, 30)) return 'pppoed';
        place.link = 'ppp';
        return `pppoes${number(65536)}`;
      default: {
        const text = `${pick(random, ['geneve', 'vxlan'])}${number(2 ** 24)}`;
        enterTunnel(place);
        return text;
      }
    }
  }
}

/** Words that libpcap knows on links of their own, and refuses on ours. */
export const foreignPrimitives = [
  'type mgt',
  'type data subtype qos-data',
  'wlan type ctl subtype rts',
  'subtype beacon',
  'dir nods',
  'direction 3',
  'addr1 00:11:22:33:44:55',
  'wlan ra 00:11:22:33:44:55',
  'wlan addr4 host 00:11:22:33:44:55',
  'radio[0] = 1',
  'on em0',
  'ifname em0',
  'rset rules',
  'rulenum 3',
  'srnr 3',
  'reason match',
  'reason 2',
  'action pass',
  'lane',
  'llc and lane',
  'metac',
  'bcc',
  'oamf4',
  'oamf4ec',
  'sc',
  'ilmic',
  'connectmsg',
  'metaconnect',
  'vpi 5',
  'vci > 31',
  'vci (3 or 5)',
  'fisu',
  'lssu',
  'hmsu',
  'sio 3',
  'opc (1 or 2)',
  'dpc != 4',
  'hsls 7',
  'link host $5',
  'inbound',
  'outbound',
  'ifindex 2',
  'ether host 00:11:22:33:44:55',
  'broadcast',
  'llc',
  'vlan 7',
  'mpls',
  'ip broadcast',
] as const;
