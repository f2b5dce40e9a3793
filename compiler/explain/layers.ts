import { enterMpls } from '../3-lower/encapsulations/mpls.js';
import { enterPppoeSession } from '../3-lower/encapsulations/pppoe.js';
import { enterTunnel } from '../3-lower/encapsulations/tunnel.js';
import { enterVlan } from '../3-lower/encapsulations/vlan.js';
import { type Layer, outermostLayer } from '../3-lower/layer.js';
import type * as Resolved from '../ast/resolved.js';
import type * as Ir from '../ir/nodes.js';

/** Where the headers are that each primitive is about: encapsulations to its left in the text have moved them. */
export function layersOf(
  primitives: readonly Resolved.Primitive[],
  link: Ir.Link,
): ReadonlyMap<Resolved.Primitive, Layer> {
  const layers = new Map<Resolved.Primitive, Layer>();
  let layer = outermostLayer(link);
  let tunnels = 0;
  for (const primitive of primitives) {
    layers.set(primitive, layer);
    if (primitive.kind === 'tunnel') tunnels++;
    layer = layerBehind(layer, primitive, tunnels);
  }
  return layers;
}

function layerBehind(layer: Layer, primitive: Resolved.Primitive, tunnels: number): Layer {
  switch (primitive.kind) {
    case 'vlan':
      return enterVlan(layer, primitive).inner;
    case 'mpls':
      return enterMpls(layer, primitive).inner;
    case 'pppoe-session':
      return enterPppoeSession(layer, primitive).inner;
    case 'tunnel':
      return enterTunnel(layer, primitive, tunnels).inner;
    default:
      return layer;
  }
}
