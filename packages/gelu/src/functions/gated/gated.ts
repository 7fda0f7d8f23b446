import {
  arrayLike,
  outputFor,
  requireApart,
  requireAttached,
  requireLength,
  requireSameClass,
} from '../../input/arrays.js';
import { type CallOptions, resolveCall } from '../../input/options.js';
import type { Resolve } from '../../input/prepare.js';
import { arrayClass, plain } from '../../kernels/dtypes.js';
import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';
import { type FloatArray, gatedBackward, gatedForward, type Unit } from './passes.js';

/** Which half of the last axis is the value: the first, as in PyTorch's `glu`, or the second. */
export type GatedOrder = 'valueFirst' | 'gateFirst';

/** How the halves lie. */
export interface GatedOptions<T = FloatArray> {
  /** The size of the last axis, 2n: both halves together. */
  readonly columns: number;
  /** Default 'valueFirst': value, then gate. */
  readonly order?: GatedOrder | undefined;
  /** Where the result goes: memory apart from the input; in the backward pass it may be the input. */
  readonly out?: T | undefined;
  /** As for `gelu`; for the gate's function. */
  readonly precision?: 'correct' | 'fast' | undefined;
}

/** A gated unit: value · act(gate), value and gate the halves of the last axis. O: the parameters of act. */
export interface GatedFunction<O extends object = object> {
  <T extends FloatArray>(input: T, options: O & GatedOptions<T>): T;
  /** The gradient of the input [..., 2n] from that of the output [..., n], in one pass. */
  readonly backward: <T extends FloatArray>(gradOutput: T, input: T, options: O & GatedOptions<T>) => T;
}

/** The options of a call that are not the function's. */
export const GATED_KEYS: readonly string[] = ['columns', 'order', 'out', 'precision'];

/** A gated unit from what turns options into the gate's function. */
/* @__NO_SIDE_EFFECTS__ */
export function gated<O extends object>(name: string, resolve: Resolve<O>): GatedFunction<O> {
  const f = (input: FloatArray, options: O & GatedOptions): FloatArray => {
    const [unit, x] = resolveUnit(resolve, input, options);
    const result = resultFor(options.out, input, x);
    gatedForward(unit, x, plain(result));
    return result;
  };
  const backward = (gradOutput: FloatArray, input: FloatArray, options: O & GatedOptions): FloatArray => {
    const [unit, x] = resolveUnit(resolve, input, options);
    requireSameClass(gradOutput, x, 'gradOutput');
    const g = plain(gradOutput);
    requireLength(g, x.length / 2, 'gradOutput', 'half of the input');
    const result = outputFor<FloatArray>(options.out, input);
    requireApart(g, result, 'gradOutput');
    gatedBackward(unit, g, x, plain(result));
    return result;
  };
  Object.defineProperty(f, 'name', { value: name });
  return Object.assign(f, { backward }) as unknown as GatedFunction<O>;
}

/** The unit, and the input as an array of the language's own classes; all is checked. */
function resolveUnit<O>(resolve: Resolve<O>, input: unknown, options: O & GatedOptions): [Unit, FloatArray] {
  const name = arrayClass(input);
  if (name !== 'Float32Array' && name !== 'Float64Array')
    throw new GeluTypeError('input', 'a Float32Array or a Float64Array', describe(input));
  const x = plain(input as FloatArray);
  const given = options ?? ({} as O & GatedOptions);
  const target = resolve(given, GATED_KEYS);
  requireAttached(x, 'input');
  const { columns, order = 'valueFirst', precision } = given;
  if (typeof columns !== 'number') throw new GeluTypeError('columns', 'the size of the last axis', describe(columns));
  if (!(Number.isInteger(columns) && columns > 0 && columns % 2 === 0))
    throw new GeluRangeError('columns', 'even and greater than 0', String(columns));
  if (x.length % columns !== 0)
    throw new GeluRangeError('columns', `a divisor of the input's length, ${x.length}`, String(columns));
  if (order !== 'valueFirst' && order !== 'gateFirst')
    throw new GeluRangeError('order', "'valueFirst' or 'gateFirst'", describe(order));
  const call = resolveCall(x, { precision } as CallOptions);
  const n = columns / 2;
  const [value, gate] = order === 'valueFirst' ? [0, n] : [n, 0];
  return [{ target, call, rows: x.length / columns, columns: n, value, gate }, x];
}

/** `out`, checked: of the input's class, of half its length, apart from the input; or a new array. */
function resultFor(out: unknown, input: FloatArray, x: FloatArray): FloatArray {
  const length = x.length / 2;
  if (out === undefined) return arrayLike(input, length);
  requireSameClass(out, x, 'out');
  requireLength(plain(out as FloatArray), length, 'out', 'half of the input');
  requireApart(x, out as FloatArray, 'the input');
  return out as FloatArray;
}
