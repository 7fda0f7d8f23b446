import type { Approximate } from '../activations/gelu/approximate.js';
import { isQuantizer } from './find/evaluate.js';
import type { Found } from './find/find.js';
import type { FoundActivation } from './find/recognise.js';

import { BFLOAT16_TYPE, DTYPES, FLOAT16_TYPE, FLOAT32, FLOAT64 } from './read/tensor.js';
import { operatorOf } from './targets/operators.js';
import { obstacle } from './targets/targets.js';
import type { OnnxTarget, Wanted } from './targets/wanted.js';
import { attributeOf, typeOf } from './types/scope.js';

/** Which activations are meant: one of the registry, those that gate a unit, or all. */
export type ActivationChoice = FoundActivation | 'geglu' | 'swiglu' | 'all';
export const CHOICES: readonly ActivationChoice[] = ['gelu', 'silu', 'hardswish', 'mish', 'geglu', 'swiglu', 'all'];

export function isChosen({ activation, gate }: Found, choice: ActivationChoice): boolean {
  if (choice === 'geglu' || choice === 'swiglu') return gate?.unit === choice;
  return choice === 'all' || activation === choice;
}

/** What becomes of a place, if the same is right for all that was found there; else why nothing does. */
export function choose(places: readonly Found[], to: OnnxTarget, variant: Approximate | undefined): Wanted | string {
  const choices: { found: Found; wanted: Wanted }[] = [];
  for (const found of places) {
    if (found.problem !== undefined) return found.problem;
    const wanted = wantedOf(found, variant);
    const reason = whyKept(found, to, wanted, variant !== undefined);
    if (reason !== undefined) return reason;
    choices.push({ found, wanted });
  }
  const [first, ...others] = choices;
  const key = ({ found, wanted }: typeof first): string => {
    const { x, y, bias, nodes, composite } = found;
    return JSON.stringify([
      { ...wanted, dtype: 0 },
      x,
      y,
      bias,
      composite?.factors,
      nodes.map(({ outputs }) => outputs),
    ]);
  };
  if (others.some((other) => key(other) !== key(first))) return 'it is another function in different calls';
  const { wanted } = first;
  if (others.every((other) => other.wanted.dtype === wanted.dtype)) return wanted;
  return obstacle(to, { ...wanted, dtype: undefined }) ?? { ...wanted, dtype: undefined };
}

/** The alpha of QuickGELU. */
const QUICK = 1.702;

function wantedOf(found: Found, asked: Approximate | undefined): Wanted {
  const { scope, activation, x, y, composite } = found;
  // What float32 makes of 1.702 stands for 1.702.
  const alpha = Math.fround(found.alpha ?? QUICK) === Math.fround(QUICK) ? QUICK : (found.alpha ?? QUICK);
  const dtype = typeOf(scope, x)?.dtype ?? (composite?.cast === undefined ? found.dtype : undefined);
  const opset = scope.graph.opsets.get('')?.version ?? 0;
  const variant = activation === 'gelu' ? (asked ?? found.variant) : found.variant;
  return { activation, variant, alpha, x, y, dtype, opset };
}

/** Why an activation is kept as it is, if so. `asked`: the function that it shall be was stated. */
function whyKept(found: Found, to: OnnxTarget, wanted: Wanted, asked: boolean): string | undefined {
  const { composite, part, shared, nodes } = found;
  if (part !== undefined) return `it is inside of ${operatorName(found)}: ${part}`;
  if (shared.length > 0) return `intermediate values are used elsewhere: ${shared.join(', ')}`;
  const steps = composite === undefined ? [] : [...composite.outside, ...nodes];
  const quantizer = steps.find(isQuantizer);
  if (quantizer !== undefined) {
    const name = quantizer.name || quantizer.outputs[0];
    return `values are quantized between its steps (${quantizer.op} '${name}'), which a rewrite would undo`;
  }
  const rounding = roundingInside(found, wanted.dtype);
  if (rounding !== undefined) return rounding;
  if (composite?.mayWiden) return 'its constants may be larger than its input, and so its result';
  if (composite !== undefined && !asked && composite.deviation > allowed(composite.constantType)) {
    const by = composite.deviation.toExponential(1);
    return `its constants are rounded so that it differs from the function by up to ${by}; state that as 'variant' if it is meant`;
  }
  return isWrittenSo(found, to, wanted) ? 'it is written so already' : obstacle(to, wanted);
}

/** Bits of precision. */
const PRECISION: Readonly<Record<number, number>> = {
  [BFLOAT16_TYPE]: 8,
  [FLOAT16_TYPE]: 11,
  [FLOAT32]: 24,
  [FLOAT64]: 53,
};

/** Whether a value on the way has a narrower dtype than both ends, which a rewrite would not give it. */
function roundingInside({ composite, scope, x, dtype }: Found, written: number | undefined): string | undefined {
  const bits = (type: number | undefined): number => PRECISION[type ?? 0] ?? 0;
  const least = Math.min(bits(typeOf(scope, x)?.dtype ?? written), bits(dtype ?? written));
  const steps = composite === undefined ? [] : [...composite.outside, ...composite.nodes];
  const cast = steps.find((node) => {
    const to = node.op === 'Cast' ? attributeOf(scope, node, 'to')?.integer : undefined;
    return to !== undefined && bits(to) < least;
  });
  if (cast === undefined) return undefined;
  const to = DTYPES[attributeOf(scope, cast, 'to')?.integer ?? 0];
  return `values are rounded to ${to} between its steps (Cast '${cast.name || cast.outputs[0]}'), which a rewrite would undo`;
}

/** How far constants may move a function: by their own dtype's rounding, or, in float32, if they are written with 5 digits. */
function allowed(constantType: number | undefined): number {
  if (constantType === BFLOAT16_TYPE) return 2 ** -5;
  return constantType === FLOAT16_TYPE ? 2 ** -9 : 1e-5;
}

function isWrittenSo(
  { composite, bias, activation, variant, nodes: [node] }: Found,
  to: OnnxTarget,
  wanted: Wanted,
): boolean {
  if (variant !== wanted.variant || bias !== undefined) return false;
  if (composite !== undefined)
    return to === (composite.heart === 'Accurate' ? 'accurate' : 'decomposed') && isUsual(composite.heart, activation);
  const operator = operatorOf(to, wanted);
  // Below the version in which it came it is broken, and repaired by what it needs.
  const there = operator !== undefined && (operator.domain !== '' || wanted.opset >= operator.version);
  return there && operator.op === node.op && operator.domain === node.domain;
}

/** Whether a heart is the one that the usual formula has. */
function isUsual(heart: string, activation: FoundActivation): boolean {
  return heart === 'Accurate' || (activation === 'hardswish' ? heart === 'HardSigmoid' : heart !== 'Exp');
}

function operatorName({ nodes: [{ domain, op }] }: Found): string {
  return domain === '' ? op : `${domain}.${op}`;
}
