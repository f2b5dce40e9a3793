import type { Diagnostic } from './diagnostic.js';
import type { Span } from './span.js';

/** How one kind of diagnostic is worded; `Arguments` are what a caller must name. */
interface Entry<Arguments> {
  readonly severity: Diagnostic['severity'];
  readonly message: (given: Arguments) => string;
  /** What to do about it, when the same advice always fits. */
  readonly help?: (given: Arguments) => string | undefined;
}

function error<Arguments>(
  message: (given: Arguments) => string,
  help?: (given: Arguments) => string | undefined,
): Entry<Arguments> {
  return { severity: 'error', message, ...(help && { help }) };
}

function warning<Arguments>(
  message: (given: Arguments) => string,
  help?: (given: Arguments) => string | undefined,
): Entry<Arguments> {
  return { severity: 'warning', message, ...(help && { help }) };
}

/** A message that names nothing takes `{}`. */
type Nothing = Readonly<Record<never, never>>;
interface Text {
  readonly text: string;
}
interface Limited extends Text {
  readonly maximum: number;
}

/** Pieces of the filter as a message names them, cut where they would fill it. */
function quote(parts: readonly string[]): string {
  return parts
    .map((part) => (part.length <= 40 ? `'${part}'` : `'${part.slice(0, 39)}…'`))
    .join(' and ');
}

/** Every diagnostic of the filter language, by code. */
const catalogue = {
  // The text as a whole.
  'filter-too-long': error(
    ({ maximum }: { readonly maximum: number }) =>
      `the filter is longer than ${maximum} characters`,
  ),
  'nested-too-deep': error(
    ({ maximum }: { readonly maximum: number }) => `the filter nests deeper than ${maximum} levels`,
  ),

  // Grammar.
  'unexpected-token': error(({ text }: Text) => `unexpected '${text}'`),
  'unexpected-character': error(({ text }: Text) => `unexpected character '${text}'`),
  'unexpected-end': error(
    ({ after }: { readonly after: string }) => `the filter ends after '${after}'`,
  ),
  unclosed: error(
    ({ open, close }: { readonly open: string; readonly close: string }) =>
      `'${open}' is never closed by '${close}'`,
    ({ close }) => `write '${close}' where it ends`,
  ),
  'unexpected-keyword': error(({ text }: Text) => `'${text}' is a keyword, not a value`),

  // What a thing is.
  'missing-qualifier': error(({ text }: Text) => `'${text}' does not say what it is`),
  'display-filter': error(
    ({ text }: Text) => `'${text}' is a field of a Wireshark display filter`,
    () =>
      "a capture filter says it otherwise: 'src host 10.0.0.1', 'tcp port 80', 'tcp[13] & 2 != 0'",
  ),
  'not-a-condition': error(({ text }: Text) => `'${text}' is a number, not a condition`),
  'not-a-number': error(({ text }: Text) => `'${text}' is not a number`),
  'list-needs-values': error(
    ({ text }: Text) => `a list that starts with a bare value cannot hold '${text}'`,
    () => 'qualify the first value too, or move this out of the parentheses',
  ),
  'list-starts-with-parenthesis': error(
    (_: Nothing) => 'a list cannot start with parentheses',
    () => 'remove the inner parentheses',
  ),

  // Literals.
  'number-not-octal': error(
    ({ text }: Text) => `number ${text} starts with 0 but is not octal`,
    ({ text }) => `write ${text.replace(/^0+(?=.)/, '')} for decimal`,
  ),
  'number-too-large': error(
    ({ text }: Text) => `number ${text} does not fit into 32 bits`,
    () => 'a number is 0 to 4294967295',
  ),
  'invalid-ip4-address': error(
    ({ text }: Text) => `'${text}' is not an IPv4 address`,
    () => 'each part is a decimal number, 0 to 255',
  ),
  'invalid-ip6-address': error(
    ({ text }: Text) => `'${text}' is not an IPv6 address`,
    () => 'it has eight groups of up to four hexadecimal digits, or fewer around one ::',
  ),
  'invalid-mac-address': error(
    ({ text }: Text) => `'${text}' is not a MAC address`,
    () => 'a MAC address has six parts, an IPv6 address eight, or fewer around one ::',
  ),
  'prefix-too-long': error(
    ({ text }: Limited) => `prefix length ${text} is out of range`,
    ({ maximum }) => `a prefix length is 0 to ${maximum}`,
  ),
  'non-network-bits': error(({ text }: Text) => `'${text}' has bits set outside its mask`),

  // Ranges.
  'port-out-of-range': error(
    ({ text }: Text) => `port ${text} is out of range`,
    () => 'a port is 0 to 65535',
  ),
  'invalid-port-range': error(
    ({ text }: Text) => `'${text}' is not a range of ports`,
    () => 'write the first and the last port with one hyphen and no blanks: 8000-8080',
  ),
  'protocol-out-of-range': error(
    ({ text }: Limited) => `protocol ${text} is out of range`,
    ({ maximum }) => `a protocol number is 0 to ${maximum} here`,
  ),
  'ether-type-out-of-range': error(({ text }: Text) => `link protocol ${text} is out of range`),
  'number-out-of-range': error(
    ({ text, what }: Limited & { readonly what: string }) => `${what} ${text} is out of range`,
    ({ maximum }) => `it is 0 to ${maximum}`,
  ),
  'byte-out-of-range': error(
    ({ text }: Text) => `byte ${text} is out of range`,
    () => 'a byte is 0 to 255',
  ),

  // Qualifiers.
  'wrong-qualifier': error(
    ({ qualifier, subject }: { readonly qualifier: string; readonly subject: string }) =>
      `'${qualifier}' cannot qualify ${subject}`,
  ),
  'mask-needs-net': error(
    ({ text }: Text) => `'${text}' is a network`,
    ({ text }) => `write 'net ${text}'`,
  ),
  'mac-needs-ether': error(
    ({ text }: Text) => `'${text}' is a MAC address`,
    ({ text }) => `write 'ether host ${text}'`,
  ),
  'no-abbreviation': error(({ text }: Text) => `'${text}' alone is not a condition`),
  'unknown-protocol': error(({ text }: Text) => `unknown protocol '${text}'`),
  'unavailable-on-link': error(
    ({ text, link }: Text & { readonly link: string }) => `'${text}' is not available on ${link}`,
  ),
  'unavailable-behind-labels': error(
    ({ text }: Text) => `'${text}' is not available behind MPLS labels`,
    () => "only IPv4 and IPv6 can be told apart there: put this to the left of 'mpls'",
  ),
  'vlan-behind-labels': error(
    (_: Nothing) => "'vlan' cannot stand behind 'mpls'",
    () => "tags come before labels: put 'vlan' to the left of 'mpls'",
  ),
  'chain-behind-tunnel': error(
    (_: Nothing) => "'protochain' is not available behind 'geneve' and 'vxlan'",
    () => "put it to the left of them, or use 'proto'",
  ),
  'needs-device': error(
    ({ text }: Text) => `'${text}' needs a live packet with a device`,
    () => 'a capture file does not have it, nor do the sock and mbuf targets',
  ),
  'interface-name-too-long': error(
    ({ maximum }: { readonly maximum: number }) =>
      `the name of an interface has at most ${maximum} characters`,
  ),
  'unknown-llc-type': error(
    ({ text }: Text & { readonly names: string }) => `unknown LLC type '${text}'`,
    ({ names }) => `the types are ${names}`,
  ),
  'invalid-decnet-address': error(
    ({ text }: Text) => `'${text}' is not a DECnet address`,
    () => 'it is an area, 0 to 63, a dot, and a node, 0 to 1023',
  ),
  'list-not-read': error(
    ({ text }: Text) => `the list '${text}' has not been read`,
    () => 'the library is given the text of such files by its resolver',
  ),
  'list-empty': error(({ text }: Text) => `the list '${text}' is empty`),
  'wrong-in-list': error(
    ({ place, message }: { readonly place: string; readonly message: string }) =>
      `${place}: ${message}`,
  ),
  'netmask-unknown': error(
    (_: Nothing) => "the netmask is not known, so 'ip broadcast' has no meaning",
    () => 'give it: --netmask 255.255.255.0',
  ),

  // Names.
  'unknown-service': error(
    ({ text }: Text) => `unknown service '${text}'`,
    () => 'write its port number',
  ),
  'service-of-other-protocol': error(
    ({ text, known }: Text & { readonly known: string }) => `'${text}' is known for ${known} only`,
  ),
  'unknown-network': error(
    ({ text }: Text) => `unknown network '${text}'`,
    () => "write its address: 'net 10.1.0.0/16'",
  ),
  'unknown-ether-host': error(
    ({ text }: Text) => `unknown Ethernet host '${text}'`,
    () => 'write its MAC address, or add it to /etc/ethers',
  ),
  'unknown-host': error(
    ({ text }: Text) => `unknown host '${text}'`,
    () => 'write its address',
  ),
  'host-not-asked': error(
    ({ text }: Text) => `'${text}' is the name of a host, and names of hosts are not looked up`,
    () => 'write its address, or have it looked up once, now, with --resolve',
  ),
  'host-not-answered': error(
    ({ text }: Text) => `the system gave no answer about the host '${text}'`,
    () => 'write its address, or try again',
  ),
  'no-address-of-family': error(
    ({ text, family }: Text & { readonly family: string }) =>
      `host '${text}' has no ${family} address`,
  ),
  'too-many-addresses': error(
    ({ text, maximum }: Limited) => `host '${text}' has more than ${maximum} addresses`,
    () => 'write the addresses that are meant',
  ),

  // Arithmetic.
  'invalid-size': error(
    ({ text }: Text) => `cannot read ${text} bytes`,
    () => 'a size is 1, 2 or 4',
  ),
  'no-index': error(({ text }: Text) => `'${text}' has no bytes to index`),
  'division-by-zero': error((_: Nothing) => 'division by zero'),
  'shift-too-far': error(
    ({ text }: Text) => `cannot shift by ${text} bits`,
    () => 'a shift is by at most 31 bits',
  ),
  'expression-too-complex': error(
    ({ maximum }: { readonly maximum: number }) =>
      `the comparison needs more than ${maximum} intermediate values`,
    () => 'nest less to the right, or split the comparison',
  ),
  'too-many-tunnels': error(
    (_: Nothing) => "more than five of 'geneve' and 'vxlan' in one filter",
    () => 'classic BPF has no room for more, and neither has libpcap',
  ),

  // Legal, but surprising.
  'equal-precedence': warning(
    (_: Nothing) =>
      "'and' and 'or' have equal precedence: this 'and' applies to everything on its left",
    () => 'add parentheses to say which you mean',
  ),
  'network-without-mask': warning(
    ({ text, address }: Text & { readonly address: string }) =>
      `network '${text}' has no mask: it matches the address ${address} alone`,
    ({ address }) => `write how long its prefix is, as in 'net ${address}/8'`,
  ),
  'partial-address': warning(
    ({ text, net }: Text & { readonly net: string }) => `'host ${text}' matches all of ${net}`,
    ({ net }) => `write 'net ${net}' if that is meant`,
  ),
  'number-address': warning(
    ({ text, address }: Text & { readonly address: string }) =>
      `'${text}' is the address ${address}`,
    () => 'write all four parts of the address if that is not meant',
  ),
  'host-net': warning(
    ({ text }: Text & { readonly length: number }) => `'net ${text}' matches one address`,
    ({ text, length }) => `write 'net ${text}/${length}' for the network`,
  ),
  shifted: warning(
    ({ text }: Text) =>
      `this is looked for behind the header of '${text}', even in packets that have none`,
    ({ text }) => `write it to the left of '${text}' to look where the packet starts`,
  ),
  'dropped-guard': warning(
    ({ text }: Text) => `'${text}[…]' is read off any packet here, ${text} or not`,
    ({ text }) =>
      `only the leftmost operand is tested for its protocol: start with '${text}[…]', or test for ${text} as well`,
  ),
  'ip4-accessor': warning(({ text }: Text) => `'${text}[…]' never matches IPv6 packets`),
  'negated-guard': warning(
    ({ text }: Text & { readonly sign: string }) =>
      `this also matches every packet that is not ${text}`,
    ({ text, sign }) => `write '${sign}' without 'not' to match ${text} only`,
  ),
  'always-divides-by-zero': warning(
    (_: Nothing) => 'the divisor is always 0, which rejects every packet that gets here',
  ),
  'never-matches': warning(({ parts }: { readonly parts: readonly string[] }) =>
    parts.length === 1
      ? `${quote(parts)} can never match`
      : `no packet matches ${quote(parts)} at once`,
  ),
  'always-matches': warning(({ text }: Text) => `${quote([text])} always matches`),
} satisfies Record<string, Entry<never>>;

/** A code that a diagnostic of the filter language can have. */
export type DiagnosticCode = keyof typeof catalogue;

/** What the message of a code must be told. */
export type DiagnosticArguments<Code extends DiagnosticCode> = Parameters<
  (typeof catalogue)[Code]['message']
>[0];

/** Every code, in the catalogue's order. */
export const diagnosticCodes = Object.keys(catalogue) as readonly DiagnosticCode[];

/** Whether a code is that of an error or of a warning. */
export function severityOf(code: DiagnosticCode): Diagnostic['severity'] {
  return catalogue[code].severity;
}

/** Build a diagnostic; `help` replaces the catalogue's advice. */
export function diagnose<Code extends DiagnosticCode>(
  code: Code,
  span: Span,
  given: DiagnosticArguments<Code>,
  help?: string,
): Diagnostic {
  const entry = catalogue[code] as unknown as Entry<DiagnosticArguments<Code>>;
  const advice = help ?? entry.help?.(given);
  return {
    code,
    severity: entry.severity,
    message: shorten(entry.message(given)),
    span: { start: span.start, end: span.end },
    ...(advice !== undefined && { help: shorten(advice) }),
  };
}

/** Words as long as no keyword or address is; a file of anything may have been taken for a filter. */
const longWord = /(\S{60})\S{10,}/gu;

function shorten(text: string): string {
  return text.replace(longWord, '$1…');
}
