/**
 * The addresses and ports of the corpus (test/corpus/filters.tsv) and their neighbours: a filter that is off by one
 * meets a packet that shows it. A filter with a new constant gets that constant and its neighbours here.
 */

/** IPv4 addresses: hosts, and the first and last address inside and outside each net. */
export const addresses4 = [
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.3',
  '192.168.1.1',
  '192.168.1.2',
  '192.168.1.10',
  '172.16.5.4',
  '8.8.8.8',
  '127.0.0.1',
  '1.2.3.4',
  '0.0.0.0',
  '0.0.0.10',
  '255.255.255.255',
  '224.0.0.1',
  '9.255.255.255',
  '10.0.0.0',
  '10.255.255.255',
  '11.0.0.0',
  '10.0.255.255',
  '10.1.0.0',
  '10.1.1.255',
  '10.1.2.0',
  '10.1.2.3',
  '10.1.2.255',
  '10.1.3.0',
  '10.1.255.255',
  '10.2.0.0',
  '192.167.255.255',
  '192.168.0.0',
  '192.168.0.255',
  '192.168.1.0',
  '192.168.1.127',
  '192.168.1.128',
  '192.168.1.255',
  '192.168.2.0',
  '192.168.255.255',
  '192.169.0.0',
  '172.15.255.255',
  '172.16.0.0',
  '172.31.255.255',
  '172.32.0.0',
  '127.255.255.255',
  '128.0.0.0',
  '203.0.113.7',
  '198.51.100.9',
  '198.51.100.8',
  '198.51.100.10',
  '223.255.255.255',
  '224.0.0.0',
  '224.0.0.251',
  '239.255.255.255',
  '240.0.0.0',
  '10.77.0.5',
  '10.78.0.5',
  '192.77.168.5',
  '11.1.2.5',
  '7.7.10.1',
  '128.3.5.4',
  '192.9.200.1',
] as const;

/** IPv6 addresses: hosts, and addresses on both sides of each prefix's end. */
export const addresses6 = [
  '2001:db8::1',
  '2001:db8::2',
  '2001:db8:1::1',
  '2001:db8:1::2',
  '2001:db8:1:2:3:4:5:6',
  'fe80::1',
  'fe80::2',
  '::1',
  '::',
  'ff02::1',
  'ff02::fb',
  'ff02::1:ff00:1',
  'ff05::2',
  'feff::1',
  'ff00::',
  '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff',
  '2001:db8::',
  '2001:db8:7fff:ffff::1',
  '2001:db8:8000::',
  '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
  '2001:db9::',
  '2001:db8:0:ffff::1',
  '2001:db8:2::1',
  'fe7f:ffff::1',
  'febf:ffff::1',
  'fec0::1',
  '64:ff9b::808:808',
  '::ffff:a00:1',
  '2001:db8:0:1::1',
  '2001:db8:0:0:8000::1',
  '7fff:ffff::1',
  '8000::1',
  '2001:db8::1:1',
  '2001:db8::8000:1',
  'fd00::1',
  '2001:db8::3',
  '2001:db8::1:0:1',
  '2001:db8::8000',
  'ff80::1',
  '2001:db8:0:0:c000::1',
  '2001:db8:1:8000::1',
  '::2',
  '::ffff:c0a8:101',
  '::a00:1',
] as const;

/** Ports: services, the ends of ranges and their neighbours, byte and sign boundaries. */
export const ports = [
  0, 1, 2, 7, 8, 9, 10, 11, 19, 20, 21, 22, 23, 24, 25, 26, 43, 51, 52, 53, 54, 55, 66, 67, 68, 69,
  79, 80, 81, 82, 89, 90, 91, 110, 122, 123, 124, 128, 142, 143, 179, 255, 256, 441, 442, 443, 444,
  445, 513, 514, 1023, 1024, 1025, 1499, 1500, 1501, 1502, 1548, 1549, 1550, 1551, 1999, 2000, 2001,
  2002, 2047, 2048, 2049, 3128, 5059, 5060, 5061, 5069, 5070, 5071, 6004, 6379, 7005, 8078, 8079,
  8080, 8081, 8082, 9999, 10000, 20480, 32766, 32767, 32768, 32769, 49151, 49152, 65534, 65535,
] as const;

/** MAC addresses: hosts of the corpus, neighbours, broadcast and multicast. */
export const macs = [
  '02:00:00:00:00:01',
  '02:00:00:00:00:02',
  '02:00:00:00:00:03',
  '00:1b:21:3c:4d:5e',
  'aa:bb:cc:dd:ee:ff',
  'aa:bb:cc:dd:ee:fe',
  'aa:bb:cc:dd:ef:ff',
  'ff:ff:ff:ff:ff:ff',
  '01:00:5e:00:00:01',
  '33:33:00:00:00:01',
  '01:80:c2:00:00:00',
  '00:00:00:00:00:00',
  'fe:ff:ff:ff:ff:ff',
  '0a:0b:0c:0d:0e:0f',
] as const;

/** Captured and wire lengths around the numbers that `len`, `less` and `greater` are compared with. */
export const lengths = [
  59, 60, 61, 63, 64, 65, 99, 100, 101, 127, 128, 129, 133, 134, 135, 255, 256, 257, 511, 512, 513,
  575, 576, 577, 589, 590, 591, 999, 1000, 1001, 1499, 1500, 1501, 1513, 1514, 1515, 2047, 2048,
] as const;

/** VLAN identifiers: the corpus' own, neighbours, and the ends of the 12 bits. */
export const vlans = [0, 1, 2, 3, 4, 5, 6, 10, 15, 99, 100, 101, 200, 300, 2048, 4095] as const;

/** MPLS labels: reserved ones, the corpus' own, neighbours, and the ends of the 20 bits. */
export const labels = [0, 2, 3, 16, 100, 1023, 1024, 1025, 99999, 100000, 0xfffff] as const;

/** PPPoE session identifiers. */
export const sessions = [0, 1, 5, 0x26, 0x27, 0x28, 0x7fff, 0x8000, 0xffff] as const;

/** Geneve and VXLAN network identifiers: with a set bit in each of their three bytes. */
export const networkIdentifiers = [
  0, 1, 5, 6, 0xa, 0xb, 0xc, 100, 256, 5000, 65536, 0xffffff,
] as const;
