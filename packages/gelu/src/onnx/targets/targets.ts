import type { Approximate } from '../../activations/gelu/approximate.js';
import { MICROSOFT } from '../find/single.js';
import { GELU_OPSET } from '../opset/opset.js';
import { FLOAT32 } from '../read/tensor.js';
import { type Emitter, floatAttribute, integerAttribute, stringAttribute } from '../write/emitter.js';
import { accurate } from './accurate/formulas.js';

/**
 * What GELUs are rewritten to: 'gelu', the standard operator Gelu; 'microsoft', ONNX Runtime's Gelu, FastGelu and QuickGelu;
 * 'accurate', standard operators whose negative tail is right; 'decomposed', the usual formula in standard operators, for
 * runtimes that lack the others.
 */
export type OnnxTarget = 'gelu' | 'microsoft' | 'accurate' | 'decomposed';
export const TARGETS: readonly OnnxTarget[] = ['gelu', 'microsoft', 'accurate', 'decomposed'];

/** A GELU to be written. */
export interface Wanted {
  variant: Approximate;
  alpha: number;
  x: string;
  y: string;
  /** The number of the dtype of x and y, if known. */
  dtype: number | undefined;
  opset: number;
}

const FLOAT64 = 11;

/** Why a target is not to be had, if so. */
export function obstacle(target: OnnxTarget, { variant, dtype, opset }: Wanted): string | undefined {
  if (target === 'gelu') {
    return variant === 'sigmoid'
      ? "the standard operator has no sigmoid form; choose another target, or another variant with 'variant'"
      : undefined;
  }
  if (dtype === FLOAT64) return `'${target}' is not for float64`;
  if (target === 'microsoft') return undefined;
  if (dtype === undefined && opset < 15) return 'its dtype is not known: run shape inference on the model first';
  return opset < 9 ? `'${target}' needs opset 9, the model has ${opset}` : undefined;
}

/** Adds the nodes of a target that has no obstacle. */
export function emit(e: Emitter, target: OnnxTarget, wanted: Wanted): void {
  const { variant, alpha, x, y } = wanted;
  if (target === 'gelu') {
    const attributes = variant === 'tanh' ? [stringAttribute('approximate', 'tanh')] : [];
    e.op('Gelu', [x], { attributes, output: y });
  } else if (target === 'microsoft') {
    const op = { none: 'Gelu', tanh: 'FastGelu', sigmoid: 'QuickGelu' }[variant];
    const attributes = variant === 'sigmoid' ? [floatAttribute('alpha', alpha)] : [];
    e.op(op, [x], { domain: MICROSOFT, attributes, output: y });
  } else {
    inFloat32(e, wanted, target === 'accurate' ? accurate : decomposed);
  }
}

/** float16 and bfloat16 are computed in float32 and rounded once. */
function inFloat32(e: Emitter, { variant, alpha, x, y, dtype }: Wanted, formula: typeof accurate): void {
  if (dtype === FLOAT32) {
    formula(e, variant, alpha, x, y);
    return;
  }
  const wide = e.op('Cast', [x], { attributes: [integerAttribute('to', FLOAT32)] });
  const result = formula(e, variant, alpha, wide);
  if (dtype === undefined) e.op('CastLike', [result, x], { output: y });
  else e.op('Cast', [result], { attributes: [integerAttribute('to', dtype)], output: y });
}

/** As PyTorch exports it. */
function decomposed(e: Emitter, variant: Approximate, alpha: number, x: string, output?: string): string {
  if (variant === 'sigmoid') return e.op('Mul', [x, e.op('Sigmoid', [e.op('Mul', [x, alpha])])], { output });
  if (variant === 'none') {
    const gate = e.op('Add', [e.op('Erf', [e.op('Div', [x, Math.SQRT2])]), 1]);
    return e.op('Mul', [e.op('Mul', [x, gate]), 0.5], { output });
  }
  const cube = e.op('Mul', [e.op('Mul', [x, x]), x]);
  const inner = e.op('Mul', [e.op('Add', [x, e.op('Mul', [cube, 0.044715])]), Math.sqrt(2 / Math.PI)]);
  return e.op('Mul', [e.op('Mul', [x, 0.5]), e.op('Add', [e.op('Tanh', [inner]), 1])], { output });
}

/** The domain and the least version that a target needs. */
export function imports(target: OnnxTarget): { domain: string; version: number } | undefined {
  if (target === 'gelu') return { domain: '', version: GELU_OPSET };
  return target === 'microsoft' ? { domain: MICROSOFT, version: 1 } : undefined;
}
