import { parseFilter } from '../../../compiler/1-parse/parse.js';
import type { ResolveOptions } from '../../../compiler/2-resolve/context.js';
import { resolveFilter } from '../../../compiler/2-resolve/resolve.js';
import type * as Resolved from '../../../compiler/ast/resolved.js';
import type { Diagnostic } from '../../../compiler/diagnostics/diagnostic.js';

/** Phases 1 and 2 of a filter; diagnostics of whichever stopped. */
export function resolveText(
  text: string,
  options: ResolveOptions = { link: 'ethernet' },
): { readonly formula?: Resolved.Formula; readonly diagnostics: readonly Diagnostic[] } {
  const { node, diagnostics } = parseFilter(text);
  return diagnostics.length > 0 ? { diagnostics } : resolveFilter(node, options);
}

/** A filter's meaning on one line, or the codes of what is wrong with it. */
export function show(text: string, options?: ResolveOptions): string {
  const { formula, diagnostics } = resolveText(text, options);
  return formula ? showFormula(formula) : diagnostics.map(({ code }) => code).join(', ');
}

function showFormula(formula: Resolved.Formula): string {
  switch (formula.kind) {
    case 'chain':
      return `(${showFormula(formula.first)}${formula.rest
        .map(({ operator, operand }) => ` ${operator} ${showFormula(operand)}`)
        .join('')})`;
    case 'not':
      return `not ${showFormula(formula.operand)}`;
    case 'everything':
    case 'ether-multicast':
      return formula.kind;
    case 'link-type':
      return `link-type 0x${formula.value.toString(16)}`;
    case 'ether-address':
      return `ether ${formula.direction} ${formula.address.join('.')}`;
    case 'ip4-address':
      return `${formula.protocols.join('|')} ${formula.direction} ${hex(formula.address)}/${hex(formula.mask)}`;
    case 'ip6-address':
      return `ip6 ${formula.direction} ${formula.address.map(hex).join(':')}/${formula.mask.map(hex).join(':')}`;
    case 'ip-protocol':
      return `${formula.families.join('|')} proto ${formula.value}`;
    case 'ports':
      return `${formula.protocols.join('|')} ${formula.direction} ${formula.low}-${formula.high}`;
    case 'ip-multicast':
      return `${formula.family} multicast`;
    case 'ip-protocol-chain':
      return `${formula.families.join('|')} protochain ${formula.value}`;
    case 'iso-protocol':
      return `iso proto ${formula.value}`;
    case 'isis-type':
      return `isis type ${formula.values.join('|')}`;
    case 'decnet-address':
      return `decnet ${formula.direction} ${formula.address}`;
    case 'llc':
      return showControl(formula);
    case 'vlan':
      return showNumbered('vlan', formula.identifier);
    case 'mpls':
      return showNumbered('mpls', formula.label);
    case 'pppoe-discovery':
      return formula.kind;
    case 'pppoe-session':
      return showNumbered(formula.kind, formula.session);
    case 'tunnel':
      return showNumbered(formula.protocol, formula.network);
    case 'packet-direction':
      return formula.outbound ? 'outbound' : 'inbound';
    case 'interface-index':
      return `interface ${formula.value}`;
    case 'interface-name':
      return `interface ${formula.name}`;
    case 'relation':
      return `${showNumber(formula.left)} ${formula.operator} ${showNumber(formula.right)}`;
  }
}

function showNumbered(name: string, value: number | undefined): string {
  return value === undefined ? name : `${name} ${value}`;
}

function showControl({ control }: Resolved.LogicalLink): string {
  return control === undefined
    ? 'llc'
    : `llc control & ${hex(control.mask)} ${control.operator} ${hex(control.value)}`;
}

function showNumber(node: Resolved.Arithmetic): string {
  switch (node.kind) {
    case 'number':
      return String(node.value);
    case 'length':
      return 'len';
    case 'load':
      return `${node.protocol}[${showNumber(node.index)}:${node.size}]`;
    case 'binary':
      return `(${showNumber(node.left)} ${node.operator} ${showNumber(node.right)})`;
    case 'negate':
      return `-${showNumber(node.operand)}`;
  }
}

function hex(value: number): string {
  return value.toString(16);
}
