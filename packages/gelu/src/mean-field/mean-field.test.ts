import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activation, activations, bind } from '../activations/index.js';
import { GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { expectation } from './expectation.js';
import { gain } from './gain.js';
import { MeanField } from './mean-field.js';

type Row = [name: string, parameters: Record<string, number>, q: number, square: string, slope: string, mean: string];
const path = new URL('../../reference/data/mean-field.json', import.meta.url);
const ROWS = JSON.parse(readFileSync(path, 'utf8')) as Row[];

const field = (name: string, parameters = {}): MeanField => new MeanField(activation(name, parameters));
const digits = (value: number, expected: string): number =>
  -Math.log10(Math.max(Math.abs(value / Number(expected) - 1), 1e-17));

test.each(ROWS)('12 digits of multi-precision references: %s %j, q %d', (name, parameters, q, square, slope, mean) => {
  const f = field(name, parameters);
  expect(digits(f.secondMoment(q), square)).toBeGreaterThan(12);
  expect(digits(f.slopeMoment(q), slope)).toBeGreaterThan(12);
  // The mean is a difference of what lies on both sides: its digits are those of E|f|.
  const most = Math.sqrt(Number(square));
  expect(Math.abs(f.mean(q) - Number(mean))).toBeLessThan(1e-12 * most);
});

test('by formula: ReLU keeps half, exp gives exp(2q), tanh at 0 is x', () => {
  for (const q of [1e-100, 1e-8, 1, 1e8, 1e100]) expect(field('relu').secondMoment(q) / q).toBeCloseTo(0.5, 12);
  expect(expectation((z) => Math.exp(6 * z))).toBeCloseTo(Math.exp(18), -1);
  expect(expectation((z) => Math.exp(6 * z)) / Math.exp(18)).toBeCloseTo(1, 11);
  expect(field('tanh').slopeMoment(0)).toBeCloseTo(1, 14);
  expect(field('gelu').slopeMoment(0)).toBeCloseTo(0.25, 12);
  expect(field('gelu').secondMoment(0)).toBe(0);
});

test('Schoenholz et al. 2017, tanh: the ordered phase at q* with bias 0.05 ends at weight variance 1.76', () => {
  const [point] = field('tanh').edgeOfChaos(Math.sqrt(0.05));
  expect(point.weightStd ** 2).toBeCloseTo(1.76, 2);
});

test('Hayou et al. 2019: ReLU has one point, weight variance 2 without biases', () => {
  expect(field('relu').criticalPoint(1)).toMatchObject({ biasStd: 0 });
  expect(field('relu').criticalPoint(1)!.weightStd ** 2).toBeCloseTo(2, 12);
  expect(field('relu').fixedPoints({ weightStd: Math.SQRT2 })).toEqual({ all: true, points: [] });
});

test('Poole et al. 2016, tanh without biases: up to weight variance 1 all dies, above it a variance is kept', () => {
  const points = (weightStd: number) => field('tanh').fixedPoints({ weightStd }).points;
  expect(points(0.9)).toMatchObject([{ q: 0, stability: 'stable' }]);
  expect(points(1.5)).toMatchObject([{ q: 0, stability: 'unstable' }, { stability: 'stable' }]);
});

test('what GELU without biases keeps at a gain of 1.5335 is a tipping point', () => {
  const network = { weightStd: gain('gelu') };
  const { points } = field('gelu').fixedPoints(network);
  expect(points.map(({ stability }) => stability)).toEqual(['stable', 'unstable']);
  expect(points[1].q).toBeCloseTo(1, 10);
});

test.each(['gelu', 'silu', 'elu', 'tanh', 'mish'])('%s: at its critical point q is kept and χ is 1', (name) => {
  const f = field(name);
  const point = f.criticalPoint(1)!;
  expect(f.next(1, point)).toBeCloseTo(1, 12);
  expect(f.chi(1, point)).toBeCloseTo(1, 12);
  expect(f.correlationDepth(1, point)).toBe(Number.POSITIVE_INFINITY);
  const again = f.edgeOfChaos(point.biasStd).map(({ q }) => Math.abs(q - 1));
  expect(Math.min(...again)).toBeLessThan(1e-6);
});

test('the derivative of the map is that of differences', () => {
  const network = { weightStd: 1.7, biasStd: 0.3 };
  for (const name of ['gelu', 'elu', 'relu', 'tanh']) {
    const f = field(name);
    const slope = (f.next(1 + 1e-5, network) - f.next(1 - 1e-5, network)) / 2e-5;
    expect(f.slope(1, network)).toBeCloseTo(slope, 8);
  }
});

test('the correlation map: Cho and Saul 2009 for ReLU, 1 is kept, and its derivative at 1 is χ', () => {
  const network = { weightStd: Math.SQRT2 };
  for (const c of [-1, -0.5, 0, 0.3, 0.9]) {
    const angle = Math.acos(c);
    const exact = (Math.sin(angle) + (Math.PI - angle) * c) / Math.PI;
    expect(field('relu').correlation(c, 1, network)).toBeCloseTo(exact, 9);
  }
  const point = { weightStd: 1.6, biasStd: 0.1 };
  const gelu = field('gelu');
  expect(gelu.correlation(1, 1, point)).toBeCloseTo(1, 12);
  const chi = (1 - gelu.correlation(1 - 1e-4, 1, point)) / 1e-4;
  expect(chi).toBeCloseTo(gelu.chi(1, point) / gelu.next(1, point), 3);
}, 60_000);

test('every activation has finite means at every size, and a gain', () => {
  for (const definition of activations) {
    const f = new MeanField(bind(definition));
    for (const q of [1e-6, 1, 50]) expect(Number.isFinite(f.secondMoment(q) + f.slopeMoment(q))).toBe(true);
    expect(gain(definition)).toBeGreaterThan(0);
  }
  expect(() => field('exponential').secondMoment(300)).toThrow(/settled within 24 standard deviations/);
});

const NO_OBJECTS = [undefined, null, NaN, -1, Infinity, '1', 5n, Symbol('s'), () => 1];
const TRAP = new Proxy({}, { get: () => raise(), has: () => raise(), ownKeys: () => raise() });
function raise(): never {
  throw new Error('a proxy that throws');
}

test("nothing but the library's errors, whatever is given", () => {
  const theory = field('gelu');
  for (const odd of [...NO_OBJECTS, {}, [], TRAP] as never[]) {
    const calls = [
      () => new MeanField(odd),
      () => expectation(odd),
      () => expectation((z) => z * z, odd),
      () => expectation((z) => z * z, [odd]),
      () => gain('gelu', odd),
      () => theory.correlation(odd, 1, { weightStd: 1 }),
      () => theory.correlation(0.5, 1, odd),
      () => theory.fixedPoints(odd),
      () => theory.edgeOfChaos(odd),
      ...(['secondMoment', 'mean', 'slopeMoment', 'criticalPoint'] as const).map((name) => () => theory[name](odd)),
      ...(['next', 'slope', 'chi', 'varianceDepth', 'correlationDepth'] as const).flatMap((name) => [
        () => theory[name](odd, { weightStd: 1 }),
        () => theory[name](1, odd),
        () => theory[name](1, { weightStd: odd }),
      ]),
    ];
    for (const call of calls) expect(only(call)).toBe(true);
  }
  expect(() => theory.chi(1, { weightStd: 1, bias: 1 } as never)).toThrow("'network.bias' must be absent");
  expect(() => theory.correlation(2, 1, { weightStd: 1 })).toThrow('a correlation from -1 to 1');
});

/** Whether it gives a result or one of the library's errors. */
function only(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch (error) {
    return error instanceof GeluTypeError || error instanceof GeluRangeError;
  }
}
