import { activation } from 'gelu';
import { MeanField } from 'gelu/numerics';
import { expect, test } from 'vitest';
import { UsageError } from '../console/errors.js';
import { inputSquare, startOf } from './start.js';

const never = (): number => {
  throw new Error('the inputs are not asked for');
};

test("the paper's start is none of these, He's is variance 2/inputs without biases", () => {
  expect(startOf('gelu', 'unit', never)).toBeUndefined();
  expect(startOf('gelu', 'he', never)).toEqual({ weightStd: Math.SQRT2, biasStd: 0, first: null });
});

test.each(['gelu', 'elu', 'tanh', 'silu:beta=1.5'])('critical: %s keeps variance 1, and its gradient', (name) => {
  const { weightStd, biasStd, first } = startOf(name, 'critical', () => 0.1)!;
  const [plain, beta] = name.split(':beta=');
  const field = new MeanField(activation(plain, beta === undefined ? {} : { beta: Number(beta) }));
  expect(field.next(1, { weightStd, biasStd })).toBeCloseTo(1, 12);
  expect(field.chi(1, { weightStd })).toBeCloseTo(1, 12);
  expect(first).toEqual({ q: 1, inputs: 0.1 });
});

test('critical, where no biases keep variance 1: the weights that keep the signal, and none', () => {
  const { weightStd, biasStd } = startOf('softplus', 'critical', () => 1)!;
  expect(biasStd).toBe(0);
  expect(new MeanField(activation('softplus')).next(1, { weightStd })).toBeCloseTo(1, 12);
  expect(startOf('relu', 'critical', () => 1)).toMatchObject({ weightStd: expect.closeTo(Math.SQRT2, 12), biasStd: 0 });
});

test('what there is not is refused; the mean square of inputs', () => {
  expect(() => startOf('gelu', 'xavier', never)).toThrow(RangeError);
  expect(() => startOf('geluu', 'critical', never)).toThrow(UsageError);
  expect(inputSquare([1, 2, -3])).toBeCloseTo(14 / 3, 12);
});
