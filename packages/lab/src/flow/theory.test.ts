import { MeanField } from 'gelu/numerics';
import { expect, test } from 'vitest';
import { activationNamed, activationsNamed } from '../console/activation-spec.js';
import { UsageError } from '../console/errors.js';
import { random } from '../numbers/random.js';
import { checkTheory } from './check.js';
import { factorOf, GAIN_WORDS, scaleOf } from './gain.js';
import { drawBiases, drawWeights } from './initialization.js';
import { measureLayers } from './measure.js';
import { Stack } from './stack.js';
import { FACTOR, sizeAfter, stripOf, stripText } from './strip.js';
import { predict } from './theory.js';

const finish = <T>(steps: Generator<unknown, T>): T => {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as T;
  }
};

// The command `gelu-lab meanfield --draws 20` does it at width 1,024 and depth 50.
test('the mean norm of random networks lies within 3 standard errors of theory', () => {
  const options = { width: 160, depth: 8, draws: 10, seed: 4 };
  const rows = finish(checkTheory(activationsNamed('gelu,relu,elu,silu,tanh'), ['he', 'forward', 'critical'], options));
  expect(rows).toHaveLength(15);
  for (const { distance, standardError, theory } of rows) {
    expect(Math.abs(distance)).toBeLessThan(3);
    expect(standardError / theory).toBeLessThan(0.35); // else the distance would tell nothing
  }
});

test.each([
  ['tanh', 'critical', false, false],
  ['elu', 'forward', false, true],
  ['silu', 'he', true, true],
  ['relu', 'backward', false, false],
] as const)(
  '%s at gain %s, residual %s, layer norm %s: outputs and gradients by depth',
  (name, gain, residual, layerNorm) => {
    const [width, depth, batch] = [320, 4, 6];
    const activation = activationNamed(name);
    const scale = scaleOf(gain, 'he', activation.bound);
    const source = (use: string) => random(9, use);
    const weights = drawWeights('he', depth, width, factorOf(scale, 'he'), source('weights'));
    const biases = drawBiases(depth, width, scale.biasStd, source('biases'));
    const stack = new Stack({ width, weights, biases, activation, residual, normalize: layerNorm });
    const { normal } = source('inputs');
    const x = Float64Array.from({ length: batch * width }, () => scale.inputStd * normal());
    const layers = finish(measureLayers(stack, x, source('gradient')));
    const theory = predict(new MeanField(activation.bound), scale, { depth, residual, layerNorm });
    layers.forEach(({ activationRms, gradientRms }, i) => {
      expect(Math.abs(activationRms / theory.activationRms[i] - 1)).toBeLessThan(0.2);
      expect(Math.abs(gradientRms / theory.gradientRms[i] - 1)).toBeLessThan(0.2);
    });
  },
);

test('the words for gains: what each keeps at variance 1, whatever the initialization', () => {
  const { bound } = activationNamed('gelu');
  const field = new MeanField(bound);
  for (const word of GAIN_WORDS) {
    const { weightStd, biasStd, inputStd } = scaleOf(word, 'unit', bound);
    expect((weightStd * inputStd) ** 2 + biasStd ** 2).toBeCloseTo(1, 12);
    expect(scaleOf(word, 'he', bound)).toEqual(scaleOf(word, 'orthogonal', bound));
  }
  const of = (word: (typeof GAIN_WORDS)[number]) => {
    const { weightStd, biasStd } = scaleOf(word, 'he', bound);
    return [field.next(1, { weightStd, biasStd }), field.chi(1, { weightStd })];
  };
  expect(of('forward')[0]).toBeCloseTo(1, 12);
  expect(of('backward')[1]).toBeCloseTo(1, 12);
  expect(of('critical')).toEqual([1, 1].map((one) => expect.closeTo(one, 12)));
  expect(scaleOf('he', 'xavier', bound).weightStd).toBe(Math.SQRT2);
  expect(scaleOf(1.5, 'he', bound)).toEqual({ weightStd: 1.5 * Math.SQRT2, biasStd: 0, inputStd: 1 });
  expect(() => scaleOf('critical', 'he', activationNamed('softplus').bound)).toThrow(UsageError);
});

test('a strip over gain: GELU tips between 1.5 and 1.6, ReLU keeps around √2', () => {
  const strip = (name: string) => stripOf(new MeanField(activationNamed(name).bound), 1);
  const gelu = strip('gelu');
  expect(gelu.find(({ fate }) => fate === 'grows')!.gain).toBeCloseTo(1.56, 2);
  const kept = strip('relu').filter(({ fate }) => fate === 'keeps');
  for (const { gain } of kept) expect(50 * Math.abs(Math.log(gain / Math.SQRT2))).toBeLessThan(Math.log(FACTOR));
  expect(sizeAfter(new MeanField(activationNamed('relu').bound), 2 * Math.SQRT2, 1, 3)).toBeCloseTo(8, 10);
  const [line] = stripText([{ label: 'GELU', strip: gelu }]).split('\n');
  expect(line).toMatch(/^GELU {2}·+=*\++$/);
});
