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
  ),
  'unexpected-keyword': error(({ text }: Text) => `'${text}' is a keyword, not a value`),

  // What a thing is.
  'missing-qualifier': error(({ text }: Text) => `'${text}' does not say what it is`),
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
  'invalid-ip6-address': error(({ text }: Text) => `'${text}' is not an IPv6 address`),
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
  'ether-type-out-of-range': error(
    ({ text }: Text) => `link protocol ${text} is out of range`,
    () => 'a link protocol is an LLC address, 0 to 255, or an EtherType, 1501 to 65535',
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
  'netmask-unknown': error(
    (_: Nothing) => "the netmask is not known, so 'ip broadcast' has no meaning",
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
    (_: Nothing) => 'the expression needs more than 16 intermediate values',
    () => 'nest less to the right, or split the comparison',
  ),

  'not-supported-yet': error(({ text }: Text) => `${text} is not supported yet`),

  // Legal, but surprising.
  'equal-precedence': warning(
    (_: Nothing) =>
      "'and' and 'or' have equal precedence: this 'and' applies to everything on its left",
    () => 'add parentheses to say which you mean',
  ),
  'partial-address': warning(
    ({ text, net }: Text & { readonly net: string }) => `'host ${text}' matches all of ${net}`,
    ({ net }) => `write 'net ${net}' if that is meant`,
  ),
} satisfies Record<string, Entry<never>>;

/** A code that a diagnostic of the filter language can have. */
export type DiagnosticCode = keyof typeof catalogue;

/** What the message of a code must be told. */
export type DiagnosticArguments<Code extends DiagnosticCode> = Parameters<
  (typeof catalogue)[Code]['message']
>[0];

/** Every code, in the catalogue's order. */
export const diagnosticCodes = Object.keys(catalogue) as readonly DiagnosticCode[];

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
    message: entry.message(given),
    span: { start: span.start, end: span.end },
    ...(advice !== undefined && { help: advice }),
  };
}
