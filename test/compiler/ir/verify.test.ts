import * as assert from 'uvu/assert';
import type * as Ir from '../../../compiler/ir/nodes.js';
import { verifyProgram } from '../../../compiler/ir/verify.js';
import { optimised } from '../../support/programs.js';
import { describe } from '../../support/suite.js';

describe('verify', (test) => {
  const sound = optimised('tcp port 80');
  const change = (index: number, block: Partial<Ir.Block>): Ir.Program => ({
    ...sound,
    blocks: sound.blocks.map((one, position) => (position === index ? { ...one, ...block } : one)),
  });

  test('a compiled program is sound', () => {
    assert.equal(verifyProgram(sound), []);
  });

  test('an edge that leads back is found', () => {
    assert.match(verifyProgram(change(1, { whenTrue: 0 })).join(), /b1: edge to b0/);
  });

  test('an edge to nowhere is found', () => {
    assert.match(verifyProgram(change(0, { whenTrue: 99 })).join(), /b0: edge to b99/);
  });

  test('a load without its guard is found', () => {
    assert.match(verifyProgram(change(0, { guards: [] })).join(), /lacks the guard 'need 14'/);
  });

  test('a variable that is assigned twice, or after it was read, is found', () => {
    const tunnel = optimised('vxlan and vxlan and ip');
    assert.equal(verifyProgram(tunnel), []);
    const assigning = tunnel.blocks.filter(({ assignments }) =>
      assignments?.some(({ variable }) => variable.of === undefined),
    );
    const late = tunnel.blocks.length - 1;
    const assignments = assigning[0]?.assignments ?? [];
    const broken = {
      ...tunnel,
      blocks: tunnel.blocks.map((block, index) =>
        index === late
          ? { ...block, assignments, test: { kind: 'constant', value: 1 } as const }
          : block,
      ),
    };
    assert.match(verifyProgram(broken).join(), /was read or assigned before/);
  });

  test('a block that assigns and tests is found', () => {
    const variable = { kind: 'variable', name: 'v' } as const;
    const assignments = [{ variable, value: { kind: 'length' } as const }];
    assert.match(verifyProgram(change(0, { assignments })).join(), /assigns and tests/);
  });

  test('a number of more than 32 bits is found', () => {
    const guards = [{ kind: 'bounds' as const, end: 2 ** 32 }];
    assert.match(verifyProgram(change(0, { guards })).join(), /not a 32-bit number/);
  });
});
