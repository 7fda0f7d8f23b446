import { type Emitter, floatAttribute } from '../write/emitter.js';
import type { Wanted } from './wanted.js';

/** Adds the usual formula of standard operators, as PyTorch exports it, and returns the result's name. */
export function decomposed(e: Emitter, { activation, variant, alpha, x, y: output }: Wanted): string {
  if (activation === 'hardswish') {
    const attributes = [floatAttribute('alpha', 1 / 6), floatAttribute('beta', 0.5)];
    return e.op('Mul', [x, e.op('HardSigmoid', [x], { attributes })], { output });
  }
  if (activation === 'mish') return e.op('Mul', [x, e.op('Tanh', [e.op('Softplus', [x])])], { output });
  if (variant === 'sigmoid') {
    const argument = alpha === 1 ? x : e.op('Mul', [x, alpha]);
    return e.op('Mul', [x, e.op('Sigmoid', [argument])], { output });
  }
  if (variant === 'none') {
    const gate = e.op('Add', [e.op('Erf', [e.op('Div', [x, Math.SQRT2])]), 1]);
    return e.op('Mul', [e.op('Mul', [x, gate]), 0.5], { output });
  }
  const cube = e.op('Mul', [e.op('Mul', [x, x]), x]);
  const inner = e.op('Mul', [e.op('Add', [x, e.op('Mul', [cube, 0.044715])]), Math.sqrt(2 / Math.PI)]);
  return e.op('Mul', [e.op('Mul', [x, 0.5]), e.op('Add', [e.op('Tanh', [inner]), 1])], { output });
}
