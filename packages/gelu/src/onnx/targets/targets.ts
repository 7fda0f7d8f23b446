import { FLOAT16_TYPE, FLOAT32, FLOAT64 } from '../read/tensor.js';
import { runs } from '../runtime/support.js';
import { type Emitter, integerAttribute } from '../write/emitter.js';
import { accurate } from './accurate/formulas.js';
import { decomposed } from './decomposed.js';
import { type Operator, operatorOf } from './operators.js';
import type { OnnxTarget, Wanted } from './wanted.js';

/** Why a target is not to be had, if so. */
export function obstacle(target: OnnxTarget, wanted: Wanted): string | undefined {
  const { activation, variant, alpha, dtype, opset } = wanted;
  const operator = operatorOf(target, wanted);
  const inFloat64 = operator && dtype === FLOAT64 ? float64Obstacle(operator, wanted) : undefined;
  if (inFloat64 !== undefined) return inFloat64;
  if (target === 'gelu') {
    if (activation !== 'gelu') return "'gelu' is for GELU alone; choose 'standard'";
    if (variant === 'sigmoid')
      return "the standard operator has no sigmoid form; choose another target, or another variant with 'variant'";
    return undefined;
  }
  if (target === 'standard') return operator && inFloat16(operator, dtype, opset);
  if (target === 'microsoft' && operatorOf(target, wanted) === undefined)
    return `ONNX Runtime has no ${activation} of its own: choose 'standard'`;
  if (target === 'accurate' && variant === undefined) return `there is no accurate form of ${activation} here`;
  if (target === 'accurate' && variant === 'sigmoid' && !(alpha >= 2 ** -120 && alpha <= 2 ** 120))
    return `there is no accurate form of x·σ(${alpha}x): the factor must be positive, from 2⁻¹²⁰ to 2¹²⁰`;
  if (dtype === FLOAT64) return `'${target}' is not for float64`;
  if (target === 'microsoft') return undefined;
  if (dtype === undefined && opset < 15) return 'its dtype is not known: run shape inference on the model first';
  return opset < 9 ? `'${target}' needs opset 9, the model has ${opset}` : undefined;
}

/** What ONNX Runtime does not do in float64, or not with its digits. */
function float64Obstacle({ op, domain, version }: Operator, { variant, alpha, opset }: Wanted): string | undefined {
  const refused = domain !== '' || runs(op, FLOAT64, Math.max(opset, version)) === false;
  if (refused) return `ONNX Runtime has no float64 kernel for ${op}: it would refuse the model`;
  // Attributes are float32.
  if (op === 'Swish' && Math.abs(Math.fround(alpha) - alpha) > 1e-14 * Math.abs(alpha))
    return `Swish would have the factor ${Math.fround(alpha)}, a float32, for ${alpha}, which costs digits in float64`;
  if (op === 'HardSwish') return 'HardSwish has 1/6 as a float32, which costs digits in float64';
  return op === 'Gelu' && variant === 'tanh'
    ? 'ONNX Runtime computes Gelu with 7 or 8 digits in float64; what is written out has 14'
    : undefined;
}

/** What ONNX Runtime does not do in float16; Gelu is computed in float32. */
function inFloat16({ op, version }: Operator, dtype: number | undefined, opset: number): string | undefined {
  const refused = dtype === FLOAT16_TYPE && op !== 'Gelu' && runs(op, dtype, Math.max(opset, version)) === false;
  return refused ? `ONNX Runtime has no float16 kernel for ${op}: it would refuse the model` : undefined;
}

/** Adds the nodes of a target that has no obstacle, and returns the name of the result. */
export function emit(e: Emitter, target: OnnxTarget, wanted: Wanted): string {
  const operator = operatorOf(target, wanted);
  if (operator === undefined) return inFloat32(e, wanted, target === 'accurate' ? accurateForm : decomposed);
  const one: Formula = (_, { x, y }) => {
    const { op, domain, attributes } = operator;
    return e.op(op, [x], { domain, attributes, output: y });
  };
  return inFloat32IsFaster(operator, wanted) ? inFloat32(e, wanted, one) : one(e, wanted);
}

/**
 * Whether a float16 operator is left to float32 between two casts. ONNX Runtime's CPU has no float16 kernel for Gelu and FastGelu
 * and takes them apart, which takes 1.3 to 2.5 times as long (1 Mi elements, in Node and as WebAssembly) and rounds constants to float16.
 */
function inFloat32IsFaster({ op }: Operator, { dtype }: Wanted): boolean {
  return dtype === FLOAT16_TYPE && (op === 'Gelu' || op === 'FastGelu');
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
