import { nextDown } from '../numerics/ulp.js';
import { rootBetween } from './formulas/bisect.js';
import { deliver } from './formulas/result.js';
import { gelu } from './gelu/definition.js';
import type { Activation, Evaluate, Facts } from './model/activation.js';
import { negative, positive } from './model/parameters.js';
import { line, ZERO } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly minVal: number;
  readonly maxVal: number;
}

const GELU = { approximate: 'none', mean: 0, std: 1 } as const;
const exact = /* @__PURE__ */ gelu.evaluator(GELU);
const exactFacts = /* @__PURE__ */ (() => gelu.facts?.(GELU) as Facts)();

/** gelu(x) clamped; the derivative at the ends is GELU's, as PyTorch's clamp has it. */
function evaluator({ minVal, maxVal }: Values): Evaluate {
  return (order, x, precise) => {
    const y = exact(0, x, order === 0 && precise);
    if (y < minVal || y > maxVal) return deliver(order > 0 ? 0 : y < minVal ? minVal : maxVal, 0, 0);
    return order === 0 ? y : exact(order, x, precise);
  };
}

/** The last numbers before GELU rises above maxVal, and, where minVal cuts its valley, before it is below and above minVal. */
function kinks({ minVal, maxVal }: Values): number[] {
  const lowest = exactFacts.range.low;
  const rising = (level: number, from: number, to: number): number => {
    let x = rootBetween((v) => exact(0, v) - level, from, to);
    while (exact(0, x) > level) x = nextDown(x);
    return x;
  };
  const top = maxVal > 40 ? maxVal : rising(maxVal, 0, maxVal + 1);
  if (minVal <= lowest) return [top];
  const valley = exactFacts.stationary[0];
  const left = rootBetween((v) => exact(0, v) - minVal, -40, valley);
  const right = rootBetween((v) => exact(0, v) - minVal, valley, 0);
  return [left, nextDown(right), top];
}

/** GELU with its values clamped to [minVal, maxVal], so that 8 bits resolve its negative part. */
export const clippedGelu: Activation<Values> = {
  name: 'clippedGelu',
  layer: 'ClippedGELU',
  aliases: [
    { name: 'gelu_10', source: 'Hugging Face' },
    { name: 'ClippedGELUActivation', source: 'Hugging Face' },
  ],
  formula: 'min(max(x·Φ(x), minVal), maxVal)',
  parameters: {
    minVal: negative(-10, 'the least value; GELU itself stays above −0.17'),
    maxVal: positive(10, 'the largest value'),
  },
  evaluator,
  shape: (p) => ({
    kind: 'smooth',
    below: ZERO,
    above: line(p.maxVal, 0),
    breaks: kinks(p),
    zeros: [[0], p.minVal <= exactFacts.range.low ? exactFacts.stationary : []],
  }),
  facts: (p) => {
    const places = kinks(p);
    const top = places.at(-1) as number;
    const cut = places.length > 1;
    const steepest = Math.abs(exact(1, Math.min(top, Math.SQRT2)));
    return {
      ...exactFacts,
      range: { low: cut ? p.minVal : exactFacts.range.low, high: p.maxVal, attains: [true, true] },
      minimum: cut ? { x: exactFacts.stationary[0], value: p.minVal } : exactFacts.minimum,
      smoothness: 0,
      kinks: places,
      lipschitz: Math.max(steepest, Math.abs(exact(1, cut ? places[0] : -Math.SQRT2))),
      above: { value: p.maxVal, slope: 0 },
    };
  },
  origin: {
    year: 2020,
    paper: {
      title: 'Integer Quantization for Deep Learning Inference: Principles and Empirical Evaluation',
      authors: 'Wu, Judd, Zhang, Isaev, Micikevicius',
      url: 'https://arxiv.org/abs/2004.09602',
    },
    usedBy: ['quantized BERT'],
  },
};
