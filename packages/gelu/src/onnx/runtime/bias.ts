import type { Found } from '../find/find.js';
import { constantTensor, type Scope } from '../types/scope.js';
import { OptimizerView } from './optimizer-view.js';

/** Whether the optimizer lets BiasGelu do what comes before a GELU: the addition of a vector as long as the last dimension. */
export function biasBefore({ scope, nodes, x, dtype, variant }: Found, operator: string): boolean {
  if (variant !== 'none' || (operator !== 'Gelu' && operator !== 'com.microsoft.Gelu')) return false;
  const view = new OptimizerView(scope);
  const inside = new Set(nodes);
  const sum = view.node(x);
  if (sum?.op !== 'Add' || sum.domain !== '' || (dtype ?? 1) !== 1) return false;
  if (!view.users(sum.outputs[0]).every((user) => user !== undefined && inside.has(user))) return false;
  const [a, b] = sum.inputs;
  return isBias(scope, view, b, a) || isBias(scope, view, a, b);
}

function isBias(scope: Scope, view: OptimizerView, name: string, other: string): boolean {
  const length = constantTensor(scope, name)?.dims ?? scope.type(name)?.dims;
  const dims = scope.type(other)?.dims;
  if (length?.length !== 1 || dims === undefined || dims.length === 0) return false;
  // In two dimensions the addition belongs to Gemm.
  if (view.node(other)?.op === 'MatMul' && dims.length === 2) return false;
  return typeof length[0] === 'number' && length[0] === dims[dims.length - 1];
}
