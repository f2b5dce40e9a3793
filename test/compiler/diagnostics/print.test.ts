import * as assert from 'uvu/assert';
import { diagnose } from '../../../compiler/diagnostics/catalogue.js';
import { diagnosticsToJson, printDiagnostics } from '../../../compiler/diagnostics/print.js';
import { describe } from '../../support/suite.js';

const lines = (...each: readonly string[]) => `${each.join('\n')}\n`;

/** A diagnostic of `place`, the first such text. */
function unexpected(text: string, place: string) {
  const start = text.indexOf(place);
  return diagnose('unexpected-token', { start, end: start + place.length }, { text: place });
}

describe('printed diagnostics', (test) => {
  test('the message, the place, the line, carets and help', () => {
    const filter = 'tcp port 70000';
    const diagnostic = diagnose('port-out-of-range', { start: 9, end: 14 }, { text: '70000' });
    assert.is(
      printDiagnostics(filter, [diagnostic]),
      lines(
        'error[port-out-of-range]: port 70000 is out of range',
        ' --> <filter>:1:10',
        '  |',
        '1 | tcp port 70000',
        '  |          ^^^^^',
        'help: a port is 0 to 65535',
      ),
    );
  });

  test('the line of many, with its number and the name of the file', () => {
    const text = `${'tcp or\n'.repeat(9)}udp prot 5\r\nor ip`;
    assert.is(
      printDiagnostics(text, [unexpected(text, 'prot')], { name: 'web.filter' }),
      lines(
        "error[unexpected-token]: unexpected 'prot'",
        '  --> web.filter:10:5',
        '   |',
        '10 | udp prot 5',
        '   |     ^^^^',
      ),
    );
  });

  test('a tab is as wide as its caret, and other controls are spelt out', () => {
    const text = 'tcp\t\u001b[2J prot';
    assert.is(
      printDiagnostics(text, [unexpected(text, 'prot')]),
      lines(
        "error[unexpected-token]: unexpected 'prot'",
        ' --> <filter>:1:10',
        '  |',
        '1 | tcp \\u{1b}[2J prot',
        '  |               ^^^^',
      ),
    );
    const control = unexpected(text, '\u001b');
    assert.not.match(printDiagnostics(text, [control]), '\u001b');
  });

  test('a long line is cut around the span', () => {
    const text = `${'udp or '.repeat(500)}prot 5${' or udp'.repeat(500)}`;
    const printed = printDiagnostics(text, [unexpected(text, 'prot')]).split('\n');
    assert.match(printed[1] ?? '', ':1:3501');
    assert.match(printed[3] ?? '', /^1 \| ….* prot 5 or .*…$/);
    assert.ok((printed[3] ?? '').length < 120);
    assert.is((printed[3] ?? '').indexOf('prot'), (printed[4] ?? '').indexOf('^^^^'));
  });

  test('a span at the end of the text, or over several lines, has a caret', () => {
    const end = diagnose('unexpected-end', { start: 3, end: 3 }, { after: 'tcp' });
    assert.match(printDiagnostics('tcp', [end]), /\n {2}\| {4}\^\n/);
    const both = diagnose('not-a-condition', { start: 0, end: 5 }, { text: '1 + 1' });
    assert.match(printDiagnostics('1 +\n1', [both]), /1 \| 1 \+\n {2}\| \^\^\^\n/);
  });

  test('colour only when asked', () => {
    const diagnostic = unexpected('prot', 'prot');
    assert.not.match(printDiagnostics('prot', [diagnostic]), '\u001b');
    assert.match(printDiagnostics('prot', [diagnostic], { colour: true }), '\u001b[1;31m');
  });

  test('for programs: code, message and both kinds of place', () => {
    const text = 'tcp or\n prot';
    assert.equal(diagnosticsToJson(text, [unexpected(text, 'prot')]), [
      {
        code: 'unexpected-token',
        severity: 'error',
        message: "unexpected 'prot'",
        line: 2,
        column: 2,
        start: 8,
        end: 12,
      },
    ]);
  });

  test('columns count characters, not halves of them', () => {
    const text = '😀 prot';
    assert.match(printDiagnostics(text, [unexpected(text, 'prot')]), ':1:3\n');
  });
});
