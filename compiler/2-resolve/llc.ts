import type * as Ast from '../ast/nodes.js';
import type * as Resolved from '../ast/resolved.js';
import type { Context } from './context.js';
import { requireAddresses } from './surroundings.js';

/** Control fields by type: all bits but the poll bit and the sequence numbers (IEEE 802.2, 5.3). */
const controls: ReadonlyMap<string, NonNullable<Resolved.LogicalLink['control']>> = new Map([
  ['i', { mask: 0x01, value: 0x01, operator: '!=' }],
  ['s', { mask: 0x03, value: 0x01, operator: '==' }],
  ['u', { mask: 0x03, value: 0x03, operator: '==' }],
  ...supervisory(['rr', 0x01], ['rnr', 0x05], ['rej', 0x09]),
  ...unnumbered(['ui', 0x03], ['ua', 0x63], ['disc', 0x43], ['dm', 0x0f], ['sabme', 0x6f]),
  ...unnumbered(['test', 0xe3], ['xid', 0xaf], ['frmr', 0x87]),
]);

type NamedControl = readonly [string, NonNullable<Resolved.LogicalLink['control']>];

function supervisory(...types: readonly (readonly [string, number])[]): readonly NamedControl[] {
  return types.map(([name, value]) => [name, { mask: 0x0f, value, operator: '==' }]);
}

function unnumbered(...types: readonly (readonly [string, number])[]): readonly NamedControl[] {
  return types.map(([name, value]) => [name, { mask: 0xef, value, operator: '==' }]);
}

/** `llc [type]`; names of types are not case-sensitive (gen_llc, grammar.y's llcvalues). */
export function resolveLogicalLink(
  context: Context,
  { keyword, operands: [type], span }: Ast.Other,
): Resolved.LogicalLink | undefined {
  const control = type && controls.get(type.text.toLowerCase());
  if (type !== undefined && control === undefined)
    return context.report('unknown-llc-type', type.span, {
      text: type.text,
      names: [...controls.keys()].join(', '),
    });
  if (!requireAddresses(context, keyword)) return undefined;
  return { kind: 'llc', ...(control && { control }), span };
}

/** The type's name that asks for such a control field. */
export function controlName(
  control: NonNullable<Resolved.LogicalLink['control']>,
): string | undefined {
  for (const [name, { mask, value, operator }] of controls)
    if (mask === control.mask && value === control.value && operator === control.operator)
      return name;
  return undefined;
}
