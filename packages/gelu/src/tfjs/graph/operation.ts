import type { ParameterValues } from '../../activations/model/parameters.js';
import type { Attribute } from './model.js';

/**
 * The operation that stands in a rewritten graph; TensorFlow.js learns it from `gelu/tfjs/converter`.
 *
 * @example
 * rewriteGraphModel(model, weights).model.modelTopology.node.filter(({ op }) => op === OPERATION).length; // 1
 */
export const OPERATION = 'GeluActivation';

const text = (value: string): Attribute => ({ s: btoa(value) });

/** The attributes of an activation's node. `shape`: what the result must be broadcast to. */
export function attributesOf(
  activation: string,
  parameters: ParameterValues,
  shape: readonly number[] | undefined,
): { readonly [name: string]: Attribute } {
  const values = Object.entries(parameters).map(([name, value]): [string, Attribute] => [
    name,
    typeof value === 'number' ? { f: value } : text(value),
  ]);
  return {
    T: { type: 'DT_FLOAT' },
    activation: text(activation),
    ...Object.fromEntries(values),
    ...(shape && { broadcast: { list: { i: shape } } }),
  };
}

/** What all these shapes broadcast to; undefined for scalars. */
export function broadcastOf(shapes: readonly (readonly number[])[]): readonly number[] | undefined {
  const rank = Math.max(0, ...shapes.map(({ length }) => length));
  if (rank === 0) return undefined;
  return Array.from({ length: rank }, (_, i) => Math.max(...shapes.map((s) => s[i - rank + s.length] ?? 1)));
}
