import type { Found } from '../find/find.js';
import { GELU_OPSET } from '../opset/opset.js';
import type { Node } from '../read/graph.js';
import { DTYPES, FLOAT16_TYPE, FLOAT32, FLOAT64 } from '../read/tensor.js';
import { biasBefore } from './bias.js';
import { erfObstacle, sigmoidObstacle } from './fusion.js';
import { KERNELS } from './kernels.js';
import { firstOpset, runs } from './support.js';

/** What ONNX Runtime (1.30, CPU, in Node and in browsers) does with an activation. */
export interface RuntimePlan {
  /**
   * - 'kernel': it is one node, for which there is a kernel: one pass.
   * - 'fused': it is several nodes, of which the optimizer makes one that has a kernel.
   * - 'expanded': it is one node, or becomes one, that has no kernel in its dtype and is taken apart again.
   * - 'unfused': a pass for each of its nodes.
   * - 'refused': a model that has it so cannot be loaded.
   */
  plan: 'kernel' | 'fused' | 'expanded' | 'unfused' | 'refused';
  /** What runs, if that is one operator; of one that is taken apart the function at the heart of its parts, as `written` says it. */
  operator: string | undefined;
  /** The operators that run, those that convert to and from float32 included; of 'unfused' its own nodes. */
  runs: readonly string[];
  why: string;
}

const MICROSOFT_GELU = 'com.microsoft.Gelu';
const HEARTS = ['Erf', 'Tanh', 'Sigmoid', 'HardSigmoid', 'Min'];
const QUICK = 'com.microsoft.QuickGelu';

/** The rules of its graph optimizer and the kernels that it has, as tried; tests hold this to what it does. */
export function runtimePlan(found: Found): RuntimePlan {
  const { composite, nodes, scope, variant } = found;
  const opset = scope.graph.opsets.get('')?.version ?? 0;
  if (composite === undefined) {
    const [node] = nodes;
    const name = nameOf(node);
    return ofOperator(found, name === 'Gelu' && variant === 'tanh' ? 'Gelu:tanh' : name, opset, 'kernel');
  }
  const refused = refusedNode(found, opset);
  if (refused !== undefined) return { plan: 'refused', operator: undefined, runs: [], why: refused };
  const obstacle = fusionObstacle(found, opset);
  if (obstacle === undefined) {
    const gelu = opset >= GELU_OPSET ? 'Gelu' : MICROSOFT_GELU;
    return ofOperator(found, composite.heart === 'Erf' ? gelu : QUICK, opset, 'fused');
  }
  return { plan: 'unfused', operator: undefined, runs: nodes.map(nameOf), why: obstacle };
}

function nameOf({ op, domain }: Node): string {
  return domain === '' ? op : `${domain}.${op}`;
}

/** What becomes of an operator that the graph has or gets. */
function ofOperator(found: Found, key: string, opset: number, plan: 'kernel' | 'fused'): RuntimePlan {
  const kernels = KERNELS[key];
  const operator = key.split(':')[0];
  const why = plan === 'kernel' ? 'one node' : 'a form that its optimizer knows';
  if (kernels === undefined) return { plan, operator, runs: [operator], why };
  const dtype = DTYPES[found.dtype ?? FLOAT32] ?? 'this dtype';
  const range = kernels[dtype]?.find(([from, to]) => from <= opset && opset <= to);
  if (range === undefined) {
    const since = kernels.float32?.[0]?.[0] ?? 0;
    return { plan: 'refused', operator: undefined, runs: [], why: refusal(operator, dtype, opset, since, plan) };
  }
  const left = range[2].split(' ');
  if (!left.includes(operator)) {
    const parts = left.filter((op) => op !== 'Cast').join(', ');
    const how = dtype === 'float16' ? ', in float32' : '';
    return {
      plan: 'expanded',
      operator: HEARTS.find((heart) => left.includes(heart))?.toLowerCase(),
      runs: left,
      why: `${operator} has no ${dtype} kernel and is taken apart: ${parts}${how}`,
    };
  }
  const biased = left.length === 1 && biasBefore(found, operator) ? 'com.microsoft.BiasGelu' : undefined;
  if (biased !== undefined)
    return { plan: 'fused', operator: biased, runs: [biased], why: 'the bias added before goes into it' };
  return { plan, operator, runs: left, why: left.length > 1 ? `${why}, in float32 between two casts` : why };
}

function refusal(operator: string, dtype: string, opset: number, since: number, plan: 'kernel' | 'fused'): string {
  if (opset < since) return `the operator came with opset ${since}, the model has ${opset}`;
  if (plan === 'fused')
    return `its optimizer makes ${operator} of it, which has no ${dtype} kernel: only with graphOptimizationLevel 'basic' does it load`;
  return since === 0 ? `${operator} has no kernel on the CPU` : `${operator} has no ${dtype} kernel at opset ${opset}`;
}

/** Why one of its nodes is refused. */
function refusedNode({ nodes, scope, dtype = FLOAT32 }: Found, opset: number): string | undefined {
  for (const node of nodes) {
    const type = scope.type(node.inputs[0])?.dtype ?? dtype;
    if (node.domain !== '' || runs(node.op, type, Math.max(opset, 7)) !== false) continue;
    const since = firstOpset(node.op);
    return since !== undefined && opset < since
      ? `${node.op} came with opset ${since}, the model has ${opset}`
      : `${node.op} has no ${DTYPES[type]} kernel at opset ${opset}`;
  }
  return undefined;
}

/** Why its nodes are left as they are. */
function fusionObstacle(found: Found, opset: number): string | undefined {
  const { composite, nodes, scope, x, shared, dtype = FLOAT32 } = found;
  if (shared.length > 0) return `intermediate values are used elsewhere: ${shared.join(', ')}`;
  if (composite?.heart === 'Accurate') return 'the accurate form is a pass for each operator';
  if (found.variant === undefined) return 'a form that its optimizer does not know';
  if (composite?.heart === 'Tanh') return 'the tanh form is fused on GPUs only';
  if (composite?.heart !== 'Erf' && composite?.heart !== 'Sigmoid') return 'a form that its optimizer does not know';
  const { cast } = composite;
  if ((cast !== undefined && cast !== scope.type(x)?.dtype) || nodes.some(({ op }) => op === 'CastLike'))
    return 'there are casts inside';
  if (dtype !== FLOAT32 && dtype !== FLOAT16_TYPE && dtype !== FLOAT64) return `${DTYPES[dtype]} is not fused`;
  if (composite.heart === 'Sigmoid') return sigmoidObstacle(found);
  if (dtype === FLOAT16_TYPE && opset < GELU_OPSET)
    return 'float16 is computed in float32 between casts, and its √2 is not recognised there';
  return erfObstacle(found);
}
