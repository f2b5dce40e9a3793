import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readCapture } from '../../../compiler/index.js';
import { captureFile, linkTypes } from '../../packets/capture.js';
import { ethernetPackets } from '../../packets/packets.js';
import { runCli } from '../../support/cli.js';
import { describe } from '../../support/suite.js';

const folder = mkdtempSync(join(tmpdir(), 'netcapc-test-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const capture = join(folder, 'packets.pcap');
writeFileSync(capture, captureFile(ethernetPackets().slice(0, 200), linkTypes.ethernet));
const cut = join(folder, 'cut.pcap');
writeFileSync(cut, readFileSync(capture).subarray(0, 100));
const text = join(folder, 'text.o');
writeFileSync(text, 'not an object');

/** Arguments, exit status, and what standard error must say. */
const wrong: readonly (readonly [args: readonly string[], status: number, errors: RegExp])[] = [
  [
    [],
    2,
    /^netcapc: name a command: compile, check, explain, inspect or match\n\nUsage: netcapc COMMAND\n/,
  ],
  [['complie'], 2, /^netcapc: unknown command 'complie'\n\(Did you mean compile\?\)\n\nUsage: /],
  [['compile'], 2, /an object needs a file/],
  [['compile', '-o', 'x.o'], 2, /no filter was given/],
  [
    ['compile', '-e', 'tcp', '--emit', 'asm'],
    2,
    /'asm' is invalid\. Allowed choices are obj, c, ir, ast\./,
  ],
  [['compile', '-e', 'tcp', '--emit', 'ir', '--dump-after', 'magic'], 2, /no pass is called magic/],
  [['compile', '-e', 'tcp', '--colour'], 2, /^netcapc: unknown option '--colour'\n\nUsage: /],
  [['compile', '-e', 'tcp', '-e', 'udp'], 2, /'-e, --expression <filter>' is given more than once/],
  [['compile', '-o'], 2, /option '-o, --output <file>' argument missing/],
  [['compile', '-e', 'tcp', 'file', '--emit', 'c'], 2, /both -e and a file/],
  [['compile', join(folder, 'missing'), '--emit', 'c'], 1, /cannot read .*missing: no such file/],
  [['compile', folder, '--emit', 'c'], 1, /it is a folder/],
  [['compile', '-e', 'tcp', '--emit', 'c', '-o', '/dev/full'], 1, /no space left on the device/],
  [['compile', '-e', 'tcp prot 80', '--emit', 'c'], 1, /did you mean 'port'/],
  [['check', '-e', 'port 70000 or port 70001'], 1, /70000[\s\S]*70001/],
  [['check', 'one', 'two'], 2, /too many arguments for 'check'\. Expected 1 argument but got 2\./],
  [['explain'], 2, /no filter was given/],
  [['explain', '-e', 'tcp prot 80'], 1, /did you mean 'port'/],
  [['explain', '-e', 'tcp', '--link', 'FDDI'], 1, /link type FDDI is not supported/],
  [['check', '-e', 'tcp', '--warnings', 'some'], 2, /Allowed choices are print, error, none\./],
  [['inspect'], 2, /missing required argument 'object'/],
  [['inspect', text], 1, /is not an ELF file/],
  [['inspect', process.execPath], 1, /is not built for BPF/],
  [['match', '-e', 'tcp', '-r', cut], 1, /damaged at offset 24/],
  [['match', '-e', 'tcp', '-r', text], 1, /not a pcap or pcapng file/],
  [['match', '-e', 'tcp', '-r', capture, '--link', 'FDDI'], 1, /link type FDDI is not supported/],
  [['match', '-e', 'tcp', '-r', capture, '--truncate', '-1'], 2, /takes a number of bytes/],
  [['match', '-e', 'tcp', '-r', capture, '--truncate', 'all'], 2, /'all' is invalid\. It is not a/],
  [['match', '-e', 'tcp'], 2, /required option '-r, --read <file>' not specified/],
  [['match', '-r', capture], 2, /either -e EXPRESSION or --filters/],
  [['match', '--filters', '-', '-r', capture, '-w', 'x'], 2, /give it with -e/],
];

describe('netcapc', (test) => {
  for (const [args, status, errors] of wrong)
    test(`wrong: ${args.join(' ').replaceAll(folder, '')}`, async () => {
      const finished = await runCli('netcapc', args);
      assert.match(finished.errors, errors);
      assert.is(finished.status, status);
      assert.is(finished.output, '');
    });

  test('help that was asked for is not a mistake', async () => {
    const program = await runCli('netcapc', ['--help']);
    assert.is(program.status, 0);
    assert.is(program.errors, '');
    for (const command of ['compile', 'check', 'explain', 'inspect', 'match'])
      assert.match(program.output, new RegExp(`^  ${command} `, 'm'));
    const command = await runCli('netcapc', ['compile', '--help']);
    assert.is(command.status, 0);
    assert.is(command.errors, '');
    const words = command.output.replace(/\s+/g, ' '); // it is wrapped at the terminal's width
    assert.match(words, 'what to write (choices: "obj", "c", "ir", "ast", default: "obj")');
    assert.match(command.output, "Examples:\n  netcapc compile -e 'tcp port 80' -o http.o\n");
  });

  test('--no-optimize runs fewer passes', async () => {
    const compile = ['compile', '-e', 'tcp port 80', '--emit', 'ir'];
    const plain = await runCli('netcapc', [...compile, '--no-optimize']);
    const optimised = await runCli('netcapc', compile);
    const explicit = await runCli('netcapc', [...compile, '--optimize']);
    assert.is(plain.status, 0);
    assert.is.not(plain.output, optimised.output);
    assert.is(explicit.output, optimised.output);
  });

  test('without clang it says what to install', async () => {
    const args = ['compile', '-e', 'tcp', '-o', join(folder, 'x.o')];
    const { status, errors } = await runCli('netcapc', args, { env: { PATH: folder } });
    assert.match(errors, /clang is not installed/);
    assert.match(errors, /apt-get install clang/);
    assert.is(status, 3);
  });

  test('diagnostics as JSON', async () => {
    const { status, errors } = await runCli('netcapc', [
      'check',
      '-e',
      'port 70000',
      '--diagnostics',
      'json',
    ]);
    assert.is(status, 1);
    assert.match(errors, /"code":\s*"port-out-of-range"/);
  });

  test('warnings are printed, errors, or left out', async () => {
    const warned = (warnings: readonly string[], format: readonly string[] = []) =>
      runCli('netcapc', ['check', '-e', 'port 80 and icmp', ...warnings, ...format]);
    const [byDefault, asErrors, none] = await Promise.all([
      warned([]),
      warned(['--warnings=error']),
      warned(['--warnings=none']),
    ]);
    assert.match(byDefault.errors, /^warning\[never-matches\]: no packet matches/);
    assert.is(byDefault.status, 0);
    assert.match(asErrors.errors, /^error\[never-matches\]/);
    assert.is(asErrors.status, 1);
    assert.is(none.errors, '');
    assert.is(none.status, 0);
    const json = await warned(['--warnings=error'], ['--diagnostics', 'json']);
    assert.is(JSON.parse(json.errors)[0].severity, 'error');
    assert.is(json.status, 1);
  });

  test('warnings as errors leave nothing behind', async () => {
    const args = ['compile', '-e', 'tcp or udp and port 53', '--emit', 'c', '--warnings', 'error'];
    const { status, output, errors } = await runCli('netcapc', args);
    assert.match(errors, /^error\[equal-precedence\]/);
    assert.is(output, '');
    assert.is(status, 1);
    const match = ['match', '-r', capture, '-e', 'tcp or udp and port 53', '--warnings', 'error'];
    assert.is((await runCli('netcapc', match)).status, 1);
  });

  test('explain tells what a filter means, and warns', async () => {
    const { status, output, errors } = await runCli('netcapc', ['explain', '-e', 'host 10.1']);
    assert.is(status, 0);
    assert.match(output, /^src or dst net 10\.1\.0\.0\/16\n\n/);
    assert.match(output, /reads 12-13 \(EtherType\), 26-29 \(IPv4 source address\)/);
    assert.match(errors, /^warning\[partial-address\]/);
    const json = await runCli('netcapc', ['explain', '-', '--format=json', '--link=raw'], {
      input: 'ip[0] > 300',
    });
    const explanation = JSON.parse(json.output);
    assert.is(explanation.filter, 'ip[0] > 300');
    assert.is(explanation.link, 'raw');
    assert.is(explanation.terms.kind, 'term');
    assert.equal(
      explanation.diagnostics.map(({ code }: { code: string }) => code),
      ['never-matches'],
    );
  });

  test('a file may hold comments and line breaks', async () => {
    const file = join(folder, 'filter');
    writeFileSync(file, '# web\ntcp port 80\n  or icmp # and pings\n');
    const fromFile = await runCli('netcapc', ['compile', file, '--emit', 'ir']);
    const standardInput = await runCli('netcapc', ['compile', '-', '--emit', 'ir'], {
      input: 'tcp port 80 or icmp',
    });
    assert.is(fromFile.status, 0);
    assert.is(fromFile.output, standardInput.output);
  });

  test('dump-after prints the IR between passes', async () => {
    const { errors } = await runCli('netcapc', [
      'compile',
      '-e',
      'ip',
      '--emit',
      'ir',
      '--dump-after',
      'all',
    ]);
    assert.match(errors, /after place-guards:\nlink ethernet[\s\S]*after drop-guards:/);
  });

  test('match prints the numbers of the packets, and copies them', async () => {
    const copy = join(folder, 'copy.pcap');
    const { status, output } = await runCli('netcapc', [
      'match',
      '-e',
      'icmp',
      '-r',
      capture,
      '-w',
      copy,
    ]);
    assert.is(status, 0);
    const numbers = output.trim().split('\n').map(Number);
    const original = readCapture(new Uint8Array(readFileSync(capture)));
    const copied = readCapture(new Uint8Array(readFileSync(copy)));
    if (!original.ok || !copied.ok) throw new Error('unreadable');
    assert.ok(numbers.length > 0 && numbers.length < original.value.packets.length);
    assert.equal(
      copied.value.packets.map(({ record }) => [...record]),
      numbers.map((number) => [...(original.value.packets[number - 1]?.record ?? [])]),
    );
  });

  test('match answers a line for each filter, mistakes included', async () => {
    const { output } = await runCli(
      'netcapc',
      ['match', '--filters', '-', '-r', capture, '--truncate', '10'],
      {
        input: 'a\tether[0] >= 0\nb\ttcp prot 80\nc\tip\n',
      },
    );
    const lines = output.split('\n');
    assert.match(lines[0] ?? '', /^a\tOK\t\d+$/);
    assert.match(lines[1] ?? '', /^b\tERR\tunexpected-token\tunexpected 'prot'$/);
    assert.is(lines[2], 'c\tOK\t0');
  });
});
