import { isArray, outputFor, requireApart, requireLike } from '../../input/arrays.js';
import { flatten, flattenLike, nest } from '../../input/nested.js';
import { requireOptions } from '../../input/options.js';
import type { Resolve } from '../../input/prepare.js';
import { plain } from '../../kernels/dtypes.js';
import { describe, GeluTypeError } from '../../shared/errors.js';
import { type LayoutOptions, layoutOf } from './layout.js';
import { type Any, bits, HALVES, PAIR, resolveHalves, resolvePair, resultFor } from './operands.js';
import { gatedBackward, gatedForward } from './passes.js';
import type { FloatArray, GatedFunction, GatedGradients, GatedPairBackwardOptions } from './types.js';

const TYPED: readonly string[] = ['columns', 'shape', ...PAIR];

const isOperand = (value: unknown): boolean => typeof value === 'number' || isArray(value) || ArrayBuffer.isView(value);

/** A gated unit from what turns options into the gate's function. */
/* @__NO_SIDE_EFFECTS__ */
export function gated<O extends object>(name: string, resolve: Resolve<O>): GatedFunction<O> {
  const f = (first: unknown, second: unknown, third: unknown): unknown =>
    isOperand(second) ? pairForward(resolve, first, second, third) : halvesForward(resolve, first, second);
  const backward = (gradOutput: unknown, first: unknown, second: unknown, third: unknown): unknown =>
    isOperand(second)
      ? pairBackward(resolve, gradOutput, first, second, third)
      : halvesBackward(resolve, gradOutput, first, second);
  Object.defineProperty(f, 'name', { value: name });
  return Object.assign(f, { backward }) as unknown as GatedFunction<O>;
}

function halvesForward<O>(resolve: Resolve<O>, input: unknown, options: unknown): unknown {
  const given = (options ?? {}) as O & Any;
  if (isArray(input)) {
    const { data, layout } = nestedHalves(resolve, input, given);
    const out = halvesForward(resolve, data, { ...given, ...layout }) as Float64Array;
    return nest(out, resultShape(data.length, layout));
  }
  const { unit, x, operands } = resolveHalves(resolve, input, given);
  const out = resultFor(given.out, x, plain(x).length / 2);
  gatedForward(unit, operands, bits(out));
  return out;
}

function halvesBackward<O>(resolve: Resolve<O>, gradOutput: unknown, input: unknown, options: unknown): unknown {
  const given = (options ?? {}) as O & Any;
  if (isArray(input)) {
    const { data, layout } = nestedHalves(resolve, input, given);
    const g = flattenLike(gradOutput, resultShape(data.length, layout), 'gradOutput');
    return nest(halvesBackward(resolve, g, data, { ...given, ...layout }) as Float64Array, layout.shape);
  }
  const { unit, x, operands } = resolveHalves(resolve, input, given);
  const g = requireLike(gradOutput, x, 'gradOutput', plain(x).length / 2, 'half of the input');
  const out = outputFor<FloatArray>(given.out, x);
  requireApart(g, out, 'gradOutput');
  gatedBackward(unit, bits(g), operands, { ...operands, gate: bits(out), value: bits(out) });
  return out;
}

function pairForward<O>(resolve: Resolve<O>, gate: unknown, value: unknown, options: unknown): unknown {
  const given = (options ?? {}) as O & Any;
  if (!ArrayBuffer.isView(gate)) {
    const f = resolve(given, []).scalar(0);
    return mapPair(gate, value, (g, v) => v * f(g));
  }
  const { unit, x, operands } = resolvePair(resolve, gate, value, given);
  const out = outputFor<FloatArray>(given.out, x, value as FloatArray);
  gatedForward(unit, operands, bits(out));
  return out;
}

function pairBackward<O>(
  resolve: Resolve<O>,
  gradOutput: unknown,
  gate: unknown,
  value: unknown,
  options: unknown,
): GatedGradients<unknown> {
  const given = (options ?? {}) as O & Omit<Any, 'out'> & GatedPairBackwardOptions;
  if (!ArrayBuffer.isView(gate)) {
    const target = resolve(given as O & Any, []);
    const [f, slope] = [target.scalar(0), target.scalar(1)];
    mapPair(gate, value, () => 0); // checks their shapes
    const gradValue = mapPair(gate, gradOutput, (x, g) => g * f(x), 'gate', 'gradOutput');
    // The products as typed arrays have them: gradOutput·value first.
    const products = mapPair(value, gradOutput, (v, g) => g * v, 'value', 'gradOutput');
    return { gradGate: mapPair(gate, products, (x, p) => p * slope(x)), gradValue };
  }
  const { unit, x, operands } = resolvePair(resolve, gate, value, given as O & Any);
  const g = requireLike(gradOutput, x, 'gradOutput');
  const { out = {} } = given;
  requireOptions(out, ['gradGate', 'gradValue'], [], 'out');
  const read = [value as FloatArray, g];
  const gradGate = outputFor<FloatArray>(out.gradGate, x, ...read);
  const gradValue = outputFor<FloatArray>(out.gradValue, x, ...read);
  requireApart(gradGate, gradValue, 'out.gradGate');
  gatedBackward(unit, bits(g), operands, { ...operands, gate: bits(gradGate), value: bits(gradValue) });
  return { gradGate, gradValue };
}

/** A nested input in one piece, its layout, and the options that only typed arrays have refused. */
function nestedHalves<O>(
  resolve: Resolve<O>,
  input: readonly unknown[],
  given: O & Any,
): { data: Float64Array; layout: LayoutOptions & { readonly shape: readonly number[] } } {
  resolve(given, HALVES);
  for (const name of TYPED)
    if (given[name] !== undefined)
      throw new GeluTypeError(name, 'absent unless the input is a typed array', describe(given[name]));
  const { data, shape } = flatten(input, 'input');
  return { data, layout: { shape, dim: given.dim, order: given.order } };
}

const resultShape = (length: number, layout: LayoutOptions): readonly number[] =>
  layoutOf(length, layout).shape as readonly number[];

/** f of two numbers, or of those in two nested arrays of one shape. */
function mapPair(
  gate: unknown,
  value: unknown,
  f: (gate: number, value: number) => number,
  first = 'gate',
  second = 'value',
): unknown {
  if (typeof gate === 'number' && typeof value === 'number') return f(gate, value);
  if (typeof gate === 'number') throw new GeluTypeError(second, `a number like ${first}`, describe(value));
  if (!isArray(gate)) throw new GeluTypeError(first, 'a number, a typed array or nested arrays', describe(gate));
  const { data, shape } = flatten(gate, first);
  const others = flattenLike(value, shape, second);
  return nest(
    data.map((x, i) => f(x, others[i])),
    shape,
  );
}
