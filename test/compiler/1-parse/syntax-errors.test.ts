import * as assert from 'uvu/assert';
import { parseFilter } from '../../../compiler/1-parse/parse.js';
import { textOf } from '../../../compiler/diagnostics/source.js';
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
  ['net 10/8', 'unexpected-token', '/', "unexpected '/'", "write the dots: 'net 10.0.0.0/…'"],
  ['tcp port 80 443', 'unexpected-token', '443', "unexpected '443'", "write '80 or 443'"],
  ['port 80, 443', 'unexpected-character', ',', "unexpected character ','", "write 'or' between values"],
  ['portrange 80 - 90', 'unexpected-token', '-', "unexpected '-'", 'write the range without blanks: 8000-8080'],
  ['"tcp"', 'unexpected-character', '"', "unexpected character '\"'", 'write it without quotes'],
  ['greater (100)', 'unexpected-token', '(', "unexpected '('", 'expected a number'],
  // Signs and connectives.
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

  test('points at the token, not at one like it', () => {
    const { diagnostics } = parseFilter('tcp and udp prot 80');
    assert.equal(diagnostics[0]?.span, { start: 12, end: 16 });
  });
});
