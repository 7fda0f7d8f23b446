import { GELU_OPSET } from '../opset/opset.js';
import { FLOAT32 } from '../read/tensor.js';
import { type Emitter, integerAttribute } from '../write/emitter.js';
import { accurate } from './accurate/formulas.js';
import { decomposed } from './decomposed.js';
import { operatorOf, standardOperator } from './operators.js';
import type { OnnxTarget, Wanted } from './wanted.js';

const FLOAT64 = 11;

/** Why a target is not to be had, if so. */
export function obstacle(target: OnnxTarget, wanted: Wanted): string | undefined {
  const { activation, variant, dtype, opset } = wanted;
  if (target === 'gelu') {
    if (activation !== 'gelu') return "'gelu' is for GELU alone; choose 'standard'";
    if (variant === 'sigmoid')
      return "the standard operator has no sigmoid form; choose another target, or another variant with 'variant'";
    return undefined;
  }
  if (target === 'standard') {
    const { op, version } = standardOperator(wanted);
    return version > GELU_OPSET && opset < version ? `${op} needs opset ${version}, the model has ${opset}` : undefined;
  }
  if (target === 'microsoft' && operatorOf(target, wanted) === undefined)
    return `ONNX Runtime has no ${activation} of its own: choose 'standard'`;
  if (target === 'accurate' && variant === undefined) return `there is no accurate form of ${activation} here`;
  if (dtype === FLOAT64) return `'${target}' is not for float64`;
  if (target === 'microsoft') return undefined;
  if (dtype === undefined && opset < 15) return 'its dtype is not known: run shape inference on the model first';
  return opset < 9 ? `'${target}' needs opset 9, the model has ${opset}` : undefined;
}

/** Adds the nodes of a target that has no obstacle, and returns the name of the result. */
export function emit(e: Emitter, target: OnnxTarget, wanted: Wanted): string {
  const operator = operatorOf(target, wanted);
  if (operator === undefined) return inFloat32(e, wanted, target === 'accurate' ? accurateForm : decomposed);
  const { op, domain, attributes } = operator;
  return e.op(op, [wanted.x], { domain, attributes, output: wanted.y });
}

/** Adds nodes for x in float32 and returns the result's name. */
export type Formula = (e: Emitter, wanted: Wanted) => string;

function accurateForm(e: Emitter, { variant = 'none', alpha, x, y }: Wanted): string {
  return accurate(e, variant, alpha, x, y);
}

/** float16 and bfloat16 are computed in float32 and rounded once. */
function inFloat32(e: Emitter, wanted: Wanted, formula: Formula): string {
  const { x, y, dtype } = wanted;
  if (dtype === FLOAT32) return formula(e, wanted);
  const wide = e.op('Cast', [x], { attributes: [integerAttribute('to', FLOAT32)] });
  const result = formula(e, { ...wanted, x: wide, y: undefined });
  if (dtype === undefined) return e.op('CastLike', [result, x], { output: y });
  return e.op('Cast', [result], { attributes: [integerAttribute('to', dtype)], output: y });
}
