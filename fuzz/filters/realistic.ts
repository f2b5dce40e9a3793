import { pick } from '../../test/packets/random.js';
import { enterTunnel, hasMac, hasTypes, type Writer } from './place.js';
import { ip4Host, ip4Net, ip6Net, macAddress, port, portRange } from './values.js';

/** What people publish; a word in capitals stands for a value of its kind. */
const everywhere = [
  'host HOST4 and port PORT',
  'src host HOST4 and dst port PORT',
  'tcp port PORT or PORT',
  'net NET4 and not host HOST4',
  'not port 22',
  'not (port PORT or port PORT)',
  'udp port 53 or tcp port 53',
  'tcp and not port PORT and not port PORT',
  'icmp or icmp6',
  'port PORT and (host HOST4 or host HOST4)',
  'src net NET4 and not dst net NET4',
  'ip6 and tcp dst port PORT',
  'ip6 net NET6 or net NET4',
  'portrange RANGE and udp',
  'tcp[tcpflags] & (tcp-syn|tcp-fin) != 0',
  'tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn',
  'tcp[13] & 2 != 0 and not src and dst net NET4',
  'tcp[13] = 18',
  'icmp[icmptype] != icmp-echo and icmp[icmptype] != icmp-echoreply',
  'icmp6[icmp6type] = icmp6-neighborsolicit or icmp6[0] = 136',
  'ip6[6] = 58 and ip6[40] >= 133 and ip6[40] <= 137',
  'ip[6:2] & 0x1fff != 0 or ip[6] & 0x20 != 0',
  'ip[2:2] > 576 and not tcp',
  'ip[8] < 5',
  'ip[0] & 0xf != 5',
  'ip[0] & 0x0f > 5 and tcp',
  'port PORT and tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420',
  'tcp port PORT and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)',
  'tcp[(tcp[12]>>2):4] = 0x5353482D and (tcp[((tcp[12]>>2)+4):2] = 0x312E or tcp[((tcp[12]>>2)+4):2] = 0x322e)',
  'udp[8:2] & 0x8000 = 0 and udp dst port 53',
  'udp[4:2] > 512',
  'less 60 or greater 1500',
  'len > 100 and len <= 1514',
  'proto \\esp or proto \\ah',
  'ip proto 47',
  'ip6 proto \\ipv6-icmp',
  'ip multicast or ip6 multicast',
  'vxlan 42 and icmp',
  'geneve and tcp port PORT',
  'udp port 4789 and udp[8:4] & 0x08000000 != 0',
  'sctp portrange RANGE',
] as const;

const withTypes = [
  'arp or rarp',
  'arp and host HOST4',
  'arp[6:2] = 2',
  'ip or arp or ip6',
  'ether proto 0x88cc',
  'ether proto \\lldp or ether proto \\slow',
  'not arp and not ip6 and not ether proto 0x888e',
  'ether[12:2] = 0x0800 and ether[23] = 6',
  'pppoes and ip',
  'pppoes 0x11 and tcp port PORT',
] as const;

const withMac = [
  'ether host MAC',
  'ether src MAC and ip',
  'ether multicast and not ether broadcast',
  'broadcast or multicast',
  'ether[0] & 1 = 0 and ip[16] >= 224',
  'vlan NUMBER and tcp port PORT',
  'vlan and (vlan NUMBER or ip)',
  'ip or (vlan and ip)',
  'tcp port PORT or (vlan and tcp port PORT)',
  'vlan 2 or vlan 3',
  'mpls NUMBER and mpls and host HOST4',
  'mpls and ip6',
  'llc and not stp',
  'stp or ether[20:2] = 0x2000',
  'vlan and pppoes and ip6',
] as const;

/** A published filter with values of ours; leaves the place to whoever writes on. */
export function template(writer: Writer): string {
  const { random, place } = writer;
  const kind = random(10);
  const text =
    kind < 3 && hasMac(writer) && hasTypes(writer)
      ? pick(random, withMac)
      : kind < 5 && hasTypes(writer)
        ? pick(random, withTypes)
        : pick(random, everywhere);
  if (/vxlan|geneve/.test(text)) enterTunnel(place);
  else if (/pppoes/.test(text)) place.link = 'ppp';
  else if (/mpls/.test(text)) place.labels += 1;
  return text.replaceAll(/HOST4|NET4|NET6|PORT|RANGE|MAC|NUMBER/g, (kind) => {
    switch (kind) {
      case 'HOST4':
        return ip4Host(random);
      case 'NET4':
        return ip4Net(random);
      case 'NET6':
        return ip6Net(random);
      case 'PORT':
        return port(random, false);
      case 'RANGE':
        return portRange(random);
      case 'MAC':
        return macAddress(random);
      default:
        return String(random(4) + 1);
    }
  });
}
