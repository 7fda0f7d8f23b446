import { expect, test } from 'vitest';
import { CASES } from '../../../scripts/onnx/operators.mjs';
import { measure, nameOf, usual } from '../../../scripts/onnx/support.mjs';
import { EXCEPTIONS } from './operators.js';
import { raiseObstacle, runs } from './support.js';

const FLOAT32 = 1;
const INT64 = 7;
const FLOAT16 = 10;
const FLOAT64 = 11;

/** What the table says of an operator, as it was measured. */
function stated(name: string, dtype: string, since: number): string {
  const groups = Object.entries(EXCEPTIONS[dtype]);
  return groups.find(([, names]) => names.split(/\s+/).includes(name))?.[0] ?? usual(since);
}

// The script tries all; here those that decide about GELUs and about raising an opset.
const CHOSEN = new Set(
  `Elu Selu Softplus Softsign HardSigmoid ThresholdedRelu HardSwish Mish LeakyRelu PRelu Gelu Gelu:tanh Swish Erf Tanh Sigmoid
  Clip Relu Softmax ReduceMean LayerNormalization AveragePool Cast Split Exp Where`.split(/\s+/),
);

test.each(['float32', 'float16', 'float64'])('the table is what ONNX Runtime does in %s', async (dtype) => {
  for (const operator of CASES as [string, number, object][]) {
    const name = nameOf(operator).replace(' ', ':');
    if (!CHOSEN.has(name)) continue;
    for (const engine of ['Elu', 'Mish', 'Gelu'].includes(name) ? ['node', 'web'] : ['node'])
      expect((await measure(operator, dtype, engine)).ranges, `${name} ${engine}`).toBe(
        stated(name, dtype, operator[1]),
      );
  }
});

test('what runs', () => {
  expect(runs('Gelu', FLOAT32, 20)).toBe(true);
  expect(runs('Gelu', FLOAT32, 19)).toBe(false);
  expect(runs('Gelu', FLOAT64, 20)).toBe(false);
  expect(runs('Gelu:tanh', FLOAT64, 20)).toBe(true);
  expect(runs('Elu', FLOAT64, 18)).toBe(true);
  expect(runs('Elu', FLOAT64, 20)).toBe(false);
  expect(runs('SequenceAt', FLOAT32, 20)).toBeUndefined();
  expect(runs('Gelu', 999, 20)).toBeUndefined();
});

test('what prevents a higher opset', () => {
  expect(raiseObstacle('Elu', FLOAT32, 18, 20)).toBeUndefined();
  expect(raiseObstacle('Elu', FLOAT64, 18, 20)).toBe('Elu of float64, which ONNX Runtime runs at opset 18 only');
  expect(raiseObstacle('Elu', FLOAT64, 17, 20)).toBeUndefined(); // it does not run before either
  expect(raiseObstacle('LeakyRelu', undefined, 16, 20)).toMatch(/^LeakyRelu may be float64, .* 16 to 18 only$/);
  expect(raiseObstacle('Mish', FLOAT16, 18, 20)).toMatch(/^Mish of float16, .* other values .* opset 20$/);
  expect(raiseObstacle('Softplus', FLOAT16, 17, 20)).toBeUndefined(); // other values at 18 only
  expect(raiseObstacle('Softplus', FLOAT16, 17, 18)).toMatch(/other values/);
  expect(raiseObstacle('AveragePool', FLOAT32, 13, 20)).toMatch(/other values/);
  expect(raiseObstacle('Relu', INT64, 18, 20)).toMatch(/at opset 18 only/);
  expect(raiseObstacle('MatMul', undefined, 7, 20)).toBeUndefined();
});
