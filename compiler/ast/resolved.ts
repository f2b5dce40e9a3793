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
