import type { Span } from '../diagnostics/span.js';
import type { BinaryOperator, RelationOperator } from './nodes.js';

/**
 * The resolved tree: every name is a number, every qualifier is spelt out, every operand is of the right kind.
 * It says nothing of offsets or link types; phase 3 knows those.
 */
export type Formula = Chain | Not | Primitive;

export interface Chain {
  readonly kind: 'chain';
  readonly first: Formula;
  readonly rest: readonly { readonly operator: 'and' | 'or'; readonly operand: Formula }[];
  readonly span: Span;
}

export interface Not {
  readonly kind: 'not';
  readonly operand: Formula;
  readonly span: Span;
}

export type Primitive =
  | Everything
  | LinkType
  | EtherAddress
  | EtherMulticast
  | Ip4Address
  | Ip6Address
  | IpProtocol
  | Ports
  | IpMulticast
  | IpProtocolChain
  | IsoProtocol
  | IsisType
  | DecnetAddress
  | LogicalLink
  | Vlan
  | Mpls
  | PppoeDiscovery
  | PppoeSession
  | Tunnel
  | PacketDirection
  | InterfaceIndex
  | InterfaceName
  | Relation;

/** The empty filter: every packet. */
export interface Everything {
  readonly kind: 'everything';
  readonly span: Span;
}

/** Which of a packet's two addresses or ports must match; `either` tests the source first. */
export type Direction = 'source' | 'destination' | 'either' | 'both';

/** `ip`, `arp`, `ether proto N`: the payload's type, an EtherType above 1500, an LLC DSAP at or below (gen_linktype). */
export interface LinkType {
  readonly kind: 'link-type';
  readonly value: number;
  readonly span: Span;
}

/** `ether host|src|dst`, and `broadcast` as destination ff:ff:ff:ff:ff:ff. Six bytes (gen_ehostop). */
export interface EtherAddress {
  readonly kind: 'ether-address';
  readonly direction: Direction;
  readonly address: readonly number[];
  readonly span: Span;
}

/** The group bit of the destination MAC address. */
export interface EtherMulticast {
  readonly kind: 'ether-multicast';
  readonly span: Span;
}

/** An IPv4 host or net, in the headers of `protocols` tried in this order: default ip, arp, rarp (gen_host). */
export interface Ip4Address {
  readonly kind: 'ip4-address';
  readonly protocols: readonly ('ip' | 'arp' | 'rarp')[];
  readonly direction: Direction;
  readonly address: number;
  readonly mask: number;
  readonly span: Span;
}

/** An IPv6 host or net: four words each, most significant first (gen_host6). */
export interface Ip6Address {
  readonly kind: 'ip6-address';
  readonly direction: Direction;
  readonly address: readonly number[];
  readonly mask: readonly number[];
  readonly span: Span;
}

/** `ip proto`, `ip6 proto`, `proto`: the transport protocol, in the families tried in this order (gen_proto). */
export interface IpProtocol {
  readonly kind: 'ip-protocol';
  readonly families: readonly ('ip' | 'ip6')[];
  readonly value: number;
  readonly span: Span;
}

/** `port` and `portrange`: low <= port <= high, of these transport protocols, over ip6 then ip (gen_port, gen_port6). */
export interface Ports {
  readonly kind: 'ports';
  readonly protocols: readonly number[];
  readonly direction: Direction;
  readonly low: number;
  readonly high: number;
  readonly span: Span;
}

/** `ip multicast`, `ip6 multicast`. */
export interface IpMulticast {
  readonly kind: 'ip-multicast';
  readonly family: 'ip' | 'ip6';
  readonly span: Span;
}

/**
 * `protochain`: the protocol anywhere in the chain of headers, in the families tried in this order (gen_protochain).
 */
export interface IpProtocolChain {
  readonly kind: 'ip-protocol-chain';
  readonly families: readonly ('ip' | 'ip6')[];
  readonly value: number;
  readonly span: Span;
}

/** `iso proto`, `clnp`, `esis`, `isis`: the first byte of the ISO network header (gen_proto, Q_ISO). */
export interface IsoProtocol {
  readonly kind: 'iso-protocol';
  readonly value: number;
  readonly span: Span;
}

/** `isis proto`, `l1`, `iih` …: one of these IS-IS PDU types, tried in this order (gen_proto, Q_ISIS). */
export interface IsisType {
  readonly kind: 'isis-type';
  readonly values: readonly number[];
  readonly span: Span;
}

/** `decnet host area.node`: 16 bits, the area in the upper six (gen_dnhostop). */
export interface DecnetAddress {
  readonly kind: 'decnet-address';
  readonly direction: Direction;
  readonly address: number;
  readonly span: Span;
}

/** `llc`, and of which type: `control & mask` of the frame is, or is not, `value` (gen_llc). */
export interface LogicalLink {
  readonly kind: 'llc';
  readonly control?: {
    readonly mask: number;
    readonly value: number;
    readonly operator: '==' | '!=';
  };
  readonly span: Span;
}

/** `vlan`: tagged, with this identifier (gen_vlan). All to its right is about what the tag encloses. */
export interface Vlan {
  readonly kind: 'vlan';
  readonly identifier?: number;
  readonly span: Span;
}

/** `mpls`: one more label, with this value (gen_mpls). All to its right is about what the label stands before. */
export interface Mpls {
  readonly kind: 'mpls';
  readonly label?: number;
  readonly span: Span;
}

/** `pppoed` (gen_pppoed). */
export interface PppoeDiscovery {
  readonly kind: 'pppoe-discovery';
  readonly span: Span;
}

/** `pppoes`, of this session (gen_pppoes). All to its right is about the PPP frame inside. */
export interface PppoeSession {
  readonly kind: 'pppoe-session';
  readonly session?: number;
  readonly span: Span;
}

/** `geneve`, `vxlan`: over UDP, of this network (gen_geneve, gen_vxlan). All to its right is about the inner packet. */
export interface Tunnel {
  readonly kind: 'tunnel';
  readonly protocol: 'geneve' | 'vxlan';
  readonly network?: number;
  readonly span: Span;
}

/** `inbound`, `outbound` (gen_inbound_outbound): whether the host that captures sent the packet. */
export interface PacketDirection {
  readonly kind: 'packet-direction';
  readonly outbound: boolean;
  readonly span: Span;
}

/** `ifindex N` (gen_ifindex). */
export interface InterfaceIndex {
  readonly kind: 'interface-index';
  readonly value: number;
  readonly span: Span;
}

/** `ifname NAME`, `on NAME`: of the packet's own device. In libpcap a word for pf logs only. */
export interface InterfaceName {
  readonly kind: 'interface-name';
  readonly name: string;
  readonly span: Span;
}

/** A comparison of two numbers; `less n` and `greater n` are `len <= n` and `len >= n`. */
export interface Relation {
  readonly kind: 'relation';
  readonly operator: RelationOperator;
  readonly left: Arithmetic;
  readonly right: Arithmetic;
  readonly span: Span;
}

export type Arithmetic = Number | Length | Load | Binary | Negate;

export interface Number {
  readonly kind: 'number';
  readonly value: number;
  readonly span: Span;
}

/** The packet's length on the wire, in bytes. */
export interface Length {
  readonly kind: 'length';
  readonly span: Span;
}

/** Protocols whose headers `protocol[index:size]` can read. */
export type LoadProtocol =
  | 'link'
  | 'ip'
  | 'ip6'
  | 'arp'
  | 'rarp'
  | 'atalk'
  | 'decnet'
  | 'lat'
  | 'sca'
  | 'moprc'
  | 'mopdl'
  | 'tcp'
  | 'udp'
  | 'sctp'
  | 'icmp'
  | 'icmp6'
  | 'igmp'
  | 'igrp'
  | 'pim'
  | 'vrrp'
  | 'carp';

/** `protocol[index:size]`: `size` bytes, big-endian (gen_load). */
export interface Load {
  readonly kind: 'load';
  readonly protocol: LoadProtocol;
  readonly index: Arithmetic;
  readonly size: 1 | 2 | 4;
  readonly span: Span;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Arithmetic;
  readonly right: Arithmetic;
  readonly span: Span;
}

export interface Negate {
  readonly kind: 'negate';
  readonly operand: Arithmetic;
  readonly span: Span;
}
