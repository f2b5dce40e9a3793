import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import {
  inputLink,
  noArgument,
  noOffset,
  packetTypeShift,
  recordFlags,
} from '../../../runtime/events/flags.js';
import { generateDecoders } from '../../../runtime/events/generate.js';
import {
  decodeNetcapInput,
  decodeNetcapKnobs,
  encodeNetcapInput,
  encodeNetcapKnobs,
  type NetcapKnobs,
  netcapInputSize,
  netcapKnobsSize,
} from '../../../runtime/events/generated.js';
import { describe } from '../../support/suite.js';
import { missingTools } from '../requirements.js';

const header = new URL('../../../bpf-templates/event.h', import.meta.url);
const generated = new URL('../../../runtime/events/generated.ts', import.meta.url);

describe('generated.ts', (test) => {
  test.skipUnless(missingTools('clang', 'bpftool'), 'is what event.h makes of it', () => {
    assert.is(
      readFileSync(generated, 'utf8'),
      generateDecoders(),
      'event.h was changed: run npm run generate',
    );
  });

  test('what is written can be read', () => {
    const knobs: NetcapKnobs = {
      hook: 1,
      snaplen: 262144,
      count: 10,
      sample: 100,
      rateInterval: 1_000_000,
      rateTolerance: 99_000_000,
      interface: 0xffff_ffff,
      network: 4,
      packetArgument: 2,
      locationArgument: noArgument,
      reasonArgument: 3,
      payloadArgument: noArgument,
      packetOffset: 8,
      locationOffset: noOffset,
      reasonOffset: 36,
      payloadOffset: noOffset,
      reader: 1,
      rings: 2,
      hasProcess: 1,
      packetKind: 0,
    };
    const view = new DataView(new ArrayBuffer(netcapKnobsSize + 3), 3);
    encodeNetcapKnobs(knobs, view);
    assert.equal(decodeNetcapKnobs(view), knobs);
  });

  test('bytes are copied in and viewed out', () => {
    const view = new DataView(new ArrayBuffer(2 * netcapInputSize));
    const input = {
      ...decodeNetcapInput(view),
      captured: 3,
      length: 4,
      bytes: Uint8Array.of(1, 2, 3),
    };
    encodeNetcapInput(input, view, netcapInputSize);
    assert.equal([...decodeNetcapInput(view, netcapInputSize).bytes.subarray(0, 4)], [1, 2, 3, 0]);
    assert.equal([...decodeNetcapInput(view).bytes.subarray(0, 4)], [0, 0, 0, 0]);
  });
});

describe('flags.ts', (test) => {
  test('has the numbers of event.h', () => {
    const text = readFileSync(header, 'utf8');
    const defined = Object.fromEntries(
      [...text.matchAll(/^#define (NETCAP_\w+) (\d+)$/gm)].map(([, name, value]) => [
        name,
        Number(value),
      ]),
    );
    const prefixed = (prefix: string, values: Readonly<Record<string, number>>) =>
      Object.entries(values).map(([name, value]) => [prefix + name.toUpperCase(), value] as const);
    const known = [
      ...prefixed('NETCAP_RECORD_', recordFlags),
      ...prefixed('NETCAP_INPUT_', inputLink),
      ['NETCAP_NO_ARGUMENT', noArgument] as const,
      ['NETCAP_NO_OFFSET', noOffset] as const,
      ['NETCAP_RECORD_TYPE_SHIFT', packetTypeShift] as const,
    ];
    for (const [name, value] of known) assert.is(defined[name], value, name);
  });
});
