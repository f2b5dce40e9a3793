import * as assert from 'uvu/assert';
import { parseFilter } from '../../../compiler/1-parse/parse.js';
import { analyse } from '../../../compiler/compile.js';
import { textOf } from '../../../compiler/diagnostics/source.js';
import { seededRandom } from '../../packets/random.js';
import { describe } from '../../support/suite.js';

/** A filter, and its syntax error: code, the text it points at, message, help. */
// biome-ignore format: a table
const syntaxErrors: readonly (readonly [string, string, string, string, string?])[] = [
  // Misspelt keywords.
  ['tcp prot 80', 'unexpected-token', 'prot', "unexpected 'prot'", "did you mean 'port' or 'proto'?"],
  ['prt 80', 'unexpected-token', 'prt', "unexpected 'prt'", "did you mean 'port'?"],
  ['ip and prot 80', 'unexpected-token', 'prot', "unexpected 'prot'", "did you mean 'port' or 'proto'?"],
  ['tcp AND udp', 'unexpected-token', 'AND', "unexpected 'AND'", "did you mean 'and'?"],
  ['TCP port 80', 'unexpected-token', 'TCP', "unexpected 'TCP'", "did you mean 'tcp'?"],
  ['tcp dst ports 80', 'unexpected-token', 'ports', "unexpected 'ports'", "did you mean 'port'?"],
  ['source host 10.0.0.1', 'unexpected-token', 'source', "unexpected 'source'", "did you mean 'src'?"],
  // A qualifier is missing, or in the wrong place.
  ['tcp 80', 'unexpected-token', '80', "unexpected '80'", "write 'tcp port 80'"],
  ['udp 80-90', 'unexpected-token', '80-90', "unexpected '80-90'", "write 'udp portrange 80-90'"],
  ['ip 10.1.2.3', 'unexpected-token', '10.1.2.3', "unexpected '10.1.2.3'", "write 'ip host 10.1.2.3'"],
  ['ether 1:2:3:4:5:6', 'unexpected-token', '1:2:3:4:5:6', "unexpected '1:2:3:4:5:6'", "write 'ether host 1:2:3:4:5:6'"],
  ['dst tcp port 80', 'unexpected-keyword', 'tcp', "'tcp' is a keyword, not a value", "a protocol comes first: 'tcp dst …'"],
  ['src dst port 80', 'unexpected-keyword', 'dst', "'dst' is a keyword, not a value", "write 'src or dst' or 'src and dst'"],
  ['src or host 1.1.1.1', 'unexpected-token', 'host', "unexpected 'host'", "expected 'dst'"],
  ['src proto 6', 'unexpected-keyword', 'proto', "'proto' is a keyword, not a value"],
  // Values.
  ['ip proto tcp', 'unexpected-keyword', 'tcp', "'tcp' is a keyword, not a value", "write '\\tcp' for the name of a protocol"],
  ['port (80 or tcp)', 'unexpected-keyword', 'tcp', "'tcp' is a keyword, not a value", "expected a value, '('"],
  ['ip[tcp] = 1', 'unexpected-keyword', 'tcp', "'tcp' is a keyword, not a value", "write 'tcp[0]'"],
  ['net 10/8', 'unexpected-token', '/', "unexpected '/'", "write the dots: 'net 10.0.0.0/8'"],
  ['tcp port 80 443', 'unexpected-token', '443', "unexpected '443'", "write 'port 80 or 443'"],
  ['port 80, 443', 'unexpected-character', ',', "unexpected character ','", "write 'or' between values"],
  ['portrange 80 - 90', 'unexpected-token', '-', "unexpected '-'", 'write the range without blanks: 8000-8080'],
  ['"tcp"', 'unexpected-character', '"', "unexpected character '\"'", 'write it without quotes'],
  ['greater (100)', 'unexpected-token', '(', "unexpected '('", 'expected a number'],
  ['net 10.0.0.0 255.0.0.0', 'unexpected-token', '255.0.0.0', "unexpected '255.0.0.0'", "write 'mask 255.0.0.0'"],
  ['net 10.0.0.0/255.0.0.0', 'unexpected-token', '255.0.0.0', "unexpected '255.0.0.0'", "write 'mask 255.0.0.0' instead of the slash"],
  ['host 10.0.0.1:80', 'unexpected-token', ':80', "unexpected ':80'", "write 'host 10.0.0.1 and port 80'"],
  ['port 80:90', 'unexpected-token', ':90', "unexpected ':90'", "write 'portrange 80-90'"],
  ['host 10.0.0.*', 'unexpected-token', '*', "unexpected '*'", "there are no wildcards: write 'net 10.1' for all that starts with 10.1"],
  ['host fe80::1%eth0', 'unexpected-token', '%', "unexpected '%'", 'an address has no zone here: leave it out'],
  ['80/tcp', 'unexpected-end', 'tcp', "the filter ends after 'tcp'", "write 'tcp port 80'"],
  ['port 80/udp or icmp', 'unexpected-token', '/', "unexpected '/'", "write 'udp port 80'"],
  ['tcp:80', 'unexpected-token', ':80', "unexpected ':80'", "write 'tcp port 80'"],
  ['vlan id 5', 'unexpected-token', 'id', "unexpected 'id'", "write 'vlan 5'"],
  ['greater than 100', 'unexpected-token', 'than', "unexpected 'than'", "write 'greater 100'"],
  ['tcp syn', 'unexpected-token', 'syn', "unexpected 'syn'", "write 'tcp[tcpflags] & tcp-syn != 0'"],
  ['icmp echo', 'unexpected-token', 'echo', "unexpected 'echo'", "write 'icmp[icmptype] = icmp-echo'"],
  ['port tcp 80', 'unexpected-keyword', 'tcp', "'tcp' is a keyword, not a value", "write 'tcp port 80'"],
  ['host src 10.0.0.1', 'unexpected-keyword', 'src', "'src' is a keyword, not a value", "write 'src host 10.0.0.1'"],
  ['ip proto icmp6', 'unexpected-keyword', 'icmp6', "'icmp6' is a keyword, not a value", "write '\\ipv6-icmp' for the name of a protocol"],
  ['from 10.0.0.1', 'unexpected-token', 'from', "unexpected 'from'", "did you mean 'src'?"],
  // Display filters.
  ['tcp.port in {80 443}', 'display-filter', 'tcp.port', "'tcp.port' is a field of a Wireshark display filter", "write 'tcp port …'"],
  ['ip.addr eq 10.0.0.1', 'display-filter', 'ip.addr', "'ip.addr' is a field of a Wireshark display filter", "write 'host 10.0.0.1'"],
  ['ip.src == 10.0.0.0/8 && {', 'display-filter', 'ip.src', "'ip.src' is a field of a Wireshark display filter"],
  ['http.host == "a"', 'display-filter', 'http.host', "'http.host' is a field of a Wireshark display filter", "a capture filter says it otherwise: 'src host 10.0.0.1', 'tcp port 80', 'tcp[13] & 2 != 0'"],
  // Signs and connectives.
  ['port = 80', 'unexpected-token', '=', "unexpected '='", "write 'port 80'"],
  ['tcp port != 80', 'unexpected-token', '!=', "unexpected '!='", "write 'not port 80'"],
  ['tcp == 80', 'unexpected-token', '==', "unexpected '=='", "compare some of its bytes: 'tcp[0] == 80'"],
  ['len >== 5', 'unexpected-token', '=', "unexpected '='", "write '>='"],
  ['len ≥ 5', 'unexpected-character', '≥', "unexpected character '≥'", "write '>='"],
  ['portrange 80–90', 'unexpected-character', '–', "unexpected character '–'", "write '-'"],
  ['tcp & udp', 'unexpected-token', '&', "unexpected '&'", "write 'and', or '&&'"],
  ['tcp | udp', 'unexpected-token', '|', "unexpected '|'", "write 'or', or '||'"],
  ['tcp[0,2] = 5', 'unexpected-character', ',', "unexpected character ','", "write ':' between index and size"],
  ["tcp port 80'", 'unexpected-character', "'", "unexpected character '''", 'write it without quotes'],
  ['tcp (port 80)', 'unexpected-token', '(', "unexpected '('", "write 'tcp and (…'"],
  ['()', 'unexpected-token', ')', "unexpected ')'", 'there is nothing between the parentheses'],
  ['ip[] = 1', 'unexpected-token', ']', "unexpected ']'", "an index is missing: '[0]' is the first byte"],
  ['len => 5', 'unexpected-token', '>', "unexpected '>'", "write '>='"],
  ['len =< 5', 'unexpected-token', '<', "unexpected '<'", "write '<='"],
  ['len <> 5', 'unexpected-token', '>', "unexpected '>'", "write '!='"],
  ['1 < 2 < 3', 'unexpected-token', '<', "unexpected '<'", "expected 'and', 'or'"],
  ['tcp udp', 'unexpected-token', 'udp', "unexpected 'udp'", "write 'and' or 'or' between conditions"],
  ['ip && && tcp', 'unexpected-token', '&&', "unexpected '&&'", 'expected a condition'],
  ['tcp)', 'unexpected-token', ')', "unexpected ')'", "there is no '(' for it, or it comes too early"],
  ['é', 'unexpected-character', 'é', "unexpected character 'é'", 'expected a condition'],
  ['tcp 😀', 'unexpected-character', '😀', "unexpected character '😀'"],
  // The end.
  ['tcp port', 'unexpected-end', 'port', "the filter ends after 'port'", "a value is missing after 'port'"],
  ['tcp and # more', 'unexpected-end', 'and', "the filter ends after 'and'", "a condition is missing after 'and'"],
  ['not ', 'unexpected-end', 'not', "the filter ends after 'not'", "a condition is missing after 'not'"],
  ['((tcp)', 'unclosed', '(', "'(' is never closed by ')'"],
  ['udp and (tcp', 'unclosed', '(', "'(' is never closed by ')'"],
  ['ip[0', 'unclosed', '[', "'[' is never closed by ']'"],
  ['len =', 'unexpected-end', '=', "the filter ends after '='"],
];

/** What random texts are made of: words, values, signs, halves of them, and what no filter has. */
// biome-ignore format: a table
const pieces = [
  ...['tcp', 'port', 'host', 'net', 'src', 'dst', 'and', 'or', 'not', 'ip', 'ip6', 'proto', 'vlan', 'less', 'len'],
  ...['portrange', 'mask', 'ether', 'icmp', 'byte', 'llc', 'TCP', 'prot', 'from', 'ip.addr', 'tcp.port', 'syn', 'than'],
  ...['80', '08', '0x', '10.1.2.3', '10.1', '300.1', '::1', '1:2:3', '1:2:3:4:5:6', '80-90', '$5', '\\tcp', '\\', '255.0.0.0'],
  ...['(', ')', '[', ']', ':', '/', '-', '+', '*', '%', '^', '&', '&&', '|', '||', '!', '=', '==', '!=', '<', '>', '<<', '>='],
  ...['#', '\n', '\t', '\r', '"', "'", ',', ';', '.', '_', '@', '{', '}', '?', '~', '\u0000', 'é', '😀', '\ud800', '≥', '–', '\u00a0'],
];

describe('syntax errors', (test) => {
  for (const [filter, code, place, message, help] of syntaxErrors)
    test(filter, () => {
      const { node, diagnostics } = parseFilter(filter);
      assert.is(node, undefined);
      assert.is(diagnostics.length, 1);
      const [diagnostic] = diagnostics;
      if (diagnostic === undefined) return;
      const { span } = diagnostic;
      assert.equal(
        [diagnostic.code, textOf(filter, span), diagnostic.message],
        [code, place, message],
      );
      if (help !== undefined) assert.is(diagnostic.help, help);
      assert.ok(span.end > span.start && span.end <= filter.length, 'the span covers something');
    });

  test('any text has an explanation that points into it', () => {
    const random = seededRandom(7);
    const draw = (items: readonly string[]) => items[random(items.length)] ?? '';
    for (let round = 0; round < 5000; round++) {
      const words = Array.from({ length: 1 + random(12) }, () => draw(pieces) + draw(['', ' ']));
      const text = words.join('');
      for (const { span, message, help } of analyse(text).diagnostics) {
        const isInside = 0 <= span.start && span.start < span.end && span.end <= text.length;
        assert.ok(isInside, `${JSON.stringify(text)}: ${span.start} to ${span.end}`);
        assert.not.match(`${message} ${help ?? ''}`, /undefined|NaN|null|object/);
      }
    }
  });

  test('points at the token, not at one like it', () => {
    const { diagnostics } = parseFilter('tcp and udp prot 80');
    assert.equal(diagnostics[0]?.span, { start: 12, end: 16 });
  });
});
