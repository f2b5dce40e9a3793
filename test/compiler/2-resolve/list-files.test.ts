import * as assert from 'uvu/assert';
import { analyse, askedNames, builtInResolver, printProgram } from '../../../compiler/index.js';
import { describe } from '../../support/suite.js';

const lists: Readonly<Record<string, string>> = {
  hosts: '10.0.0.1 10.0.0.2\n# a comment\n10.0.0.3\r\n',
  nets: '10.0.0.0/8\n192.168.0.0/16\n',
  ports: '80\nhttps\n',
  one: '22',
  wrong: '10.0.0.1\n10.0.0.0/33\n10.0.0.4\n',
  mixed: '10.0.0.1\n10.0.0.2 or 10.0.0.3\n',
};
const resolver = { ...builtInResolver, list: (file: string) => lists[file] };

describe('files of values', (test) => {
  const programOf = (filter: string) => {
    const { ir = [], diagnostics } = analyse(filter, { resolver });
    assert.equal(diagnostics, []);
    return ir.map(printProgram).join('');
  };
  const mistakesOf = (filter: string) =>
    analyse(filter, { resolver }).diagnostics.map(({ span, message }) => [
      filter.slice(span.start, span.end),
      message,
    ]);

  test('are lists', () => {
    for (const [short, long] of [
      ['host in @hosts', 'host 10.0.0.1 or 10.0.0.2 or 10.0.0.3'],
      ['src net in @nets', 'src net 10.0.0.0/8 or 192.168.0.0/16'],
      ['tcp dst port not in @ports', 'tcp dst port not (80 or https)'],
      ['port (in @one or 443)', 'port (22 or 443)'],
      ['port in @one or 443', 'port 22 or 443'],
    ] as const)
      assert.is(programOf(short), programOf(long));
  });

  test('mistakes in them are told with file and line, at the place that names the file', () => {
    assert.equal(mistakesOf('net in @wrong'), [
      ['in @wrong'.slice(3), 'wrong:2: prefix length 33 is out of range'],
    ]);
    assert.equal(mistakesOf('host in @mixed'), [['@mixed', "mixed:2: unexpected 'or'"]]);
    assert.equal(mistakesOf('host in @none'), [['@none', "the list 'none' has not been read"]]);
  });

  test('are asked for, and then the names in them', () => {
    assert.equal([...askedNames(['host in @a or port in @b']).lists], ['a', 'b']);
    const asked = askedNames(['port in @ports'], new Map(Object.entries(lists)));
    assert.equal([...asked.tables], ['services']);
  });
});
