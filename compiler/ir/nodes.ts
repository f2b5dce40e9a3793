import type { Span } from '../diagnostics/span.js';
import type { IntervalSet } from './interval-set.js';

/**
 * The intermediate representation: a decision graph over one packet.
 *
 * Blocks stand in topological order, every edge leads forward, so a program always ends. A block runs its guards,
 * then evaluates its test and follows one edge. All values are 32-bit unsigned and wrap around.
 *
 * Before `place-guards`, loads and divisions reject by themselves the way a classic BPF program does. After it,
 * every load and division is covered by a guard on each path that leads to it, and nothing else can reject.
 */
export interface Program {
  readonly link: Link;
  /** Whether guards are explicit, that is `place-guards` has run. */
  readonly guarded: boolean;
  /** Where evaluation starts. */
  readonly entry: Target;
  readonly blocks: readonly Block[];
  /** What decides about packets that fail an early guard; without it there are none. */
  readonly exact?: Program;
}

/**
 * How the packet starts: one of the link types of capture files (compiler/link/links.ts), or `network`: at a network
 * header whose EtherType the target knows from elsewhere (an skb without a link header).
 */
export type Link =
  | 'ethernet'
  | 'raw'
  | 'ipv4'
  | 'ipv6'
  | 'linux-sll'
  | 'linux-sll2'
  | 'null'
  | 'loop'
  | 'ppp'
  | 'network';

/** A block's index in `Program.blocks`, or the verdict. */
export type Target = number | 'accept' | 'reject';

export interface Block {
  readonly guards: readonly Guard[];
  /** Done once the guards have passed; a block that assigns has a constant test. */
  readonly assignments?: readonly Assignment[];
  readonly test: Test;
  readonly whenTrue: Target;
  readonly whenFalse: Target;
  /** The filter text that asked for this block. */
  readonly span: Span;
}

/**
 * Gives a variable its value: at most once on each path, and on no path after a use. Unless the variable stands for an
 * expression: then it may get the same value again, and ahead of the guards, where bytes that the packet lacks are
 * anything.
 */
export interface Assignment {
  readonly variable: Variable;
  readonly value: Expression;
}

export type Guard = BoundsGuard | DivisorGuard;

/**
 * Reject the packet unless `index + end <= captured length`, without wrap-around. `index` is absent for fixed offsets.
 * One that is `early` asks for more than every way on needs: the packet is left to `Program.exact` instead.
 */
export interface BoundsGuard {
  readonly kind: 'bounds';
  readonly index?: Expression;
  readonly end: number;
  readonly early?: true;
}

/** Reject the packet if `divisor` is 0, as a classic BPF division by zero does. */
export interface DivisorGuard {
  readonly kind: 'divisor';
  readonly divisor: Expression;
}

export type Test = Compare | Match | Member | HeaderChain | Constant;

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Unsigned comparison. */
export interface Compare {
  readonly kind: 'compare';
  readonly operator: CompareOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** Whether the bits of `mask` in the value, which may have 64 bits, are those of `wanted`. */
export interface Match {
  readonly kind: 'match';
  readonly value: Load | Variable | Slice;
  readonly mask: bigint;
  readonly wanted: bigint;
}

/** Whether the number that `values` make, most significant word first, is in the set. */
export interface Member {
  readonly kind: 'member';
  readonly values: readonly Expression[];
  readonly set: IntervalSet;
}

/**
 * Whether `protocol` is in the chain of headers that starts with the IP header at `offset`. A test that rejects by
 * itself a packet that ends inside the chain, or whose chain is longer than 65 headers (gen_protochain).
 */
export interface HeaderChain {
  readonly kind: 'header-chain';
  readonly family: 'ip' | 'ip6';
  readonly offset: number;
  readonly protocol: number;
}

/** As an expression a number; as a test, 0 is false and 1 is true. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: number;
}

export type Expression = Constant | Load | Slice | Length | Metadata | Variable | Binary;

/** `width` bytes in network order at `index + offset` from the start of the packet; 8 only in a match or a variable. */
export interface Load {
  readonly kind: 'load';
  readonly width: 1 | 2 | 4 | 8;
  readonly offset: number;
  readonly index?: Expression;
}

/** What `of` loads, taken out of a variable that stands for a wider load around it. */
export interface Slice {
  readonly kind: 'slice';
  readonly word: Variable & { readonly of: Load };
  readonly of: Load;
}

/** The packet's length on the wire, in bytes. */
export interface Length {
  readonly kind: 'length';
}

/** What the target knows of a packet beside its bytes. */
export interface Metadata {
  readonly kind: 'metadata';
  readonly field: MetadataField;
}

/**
 * `protocol`: EtherType of the network header, on link `network` only. `packet-type`: PACKET_OUTGOING is 4.
 * `interface`: index of the packet's device. `name-0` …: four bytes each of the device's name, in network order.
 */
export type MetadataField =
  | 'protocol'
  | 'packet-type'
  | 'interface'
  | 'name-0'
  | 'name-1'
  | 'name-2'
  | 'name-3';

/**
 * Where a tunnel's inner headers are; 0 where no assignment was passed, as scratch memory in libpcap 1.11. Or what stands
 * for the expression `of`, so that it is evaluated once.
 */
export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  readonly of?: Expression;
  /** Whether to hide from the kernel's verifier what tests find out of it: see share-loads. */
  readonly hidden?: true;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>';

/** Shifts by 32 or more give 0 (bpf_filter.c). */
export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
