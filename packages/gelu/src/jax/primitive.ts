import type { ClosedJaxpr } from '@jax-js/jax';
import type { Order } from '../activations/model/order.js';
import { onFirstUse } from '../shared/cache.js';
import { GeluRangeError } from '../shared/errors.js';
import { type Internal, installKernel, type Trace, type Work } from './backend.js';
import { constant } from './constant.js';
import { type Device, defaultDevice, grad, jvp, makeJaxpr, np, vmap } from './peer.js';

// An activation as one operation of jax-js. A program of jax-js consists of operations that it knows; of these the Fourier
// transform `fft` takes two arrays to two arrays of their shape, is never merged with others, and has parameters. Ours has
// an activation for a parameter: the inputs are x twice, the outputs f(x) and, if a pair is wanted, f'(x), or f' and f".
// What jax-js does with it while it records, compiles and vectorizes is right for it as it stands; how it is run comes from
// `backend.ts`, how it is differentiated from here.

const PRIMITIVE = 'fft';

/** The parameters of the operation. */
interface JaxCall {
  readonly activation: string;
  readonly order: Order;
  readonly pair: boolean;
}

type Bytes = () => Uint8Array;

/** The tables of an activation. */
export interface Tables {
  /** Of the function, its derivative and the second. */
  readonly orders: readonly [Bytes, Bytes, Bytes];
  /** The one of the function whose rows give its derivative too, if there is such. */
  readonly pair: () => { readonly bytes?: Bytes };
  /** Where the second derivative is neither that on the left nor that on the right, and what it is. */
  readonly jumps?: readonly Jump[];
}
export type Jump = readonly [x: number, value: number];

/** y, but at the jumps. */
export function atJumps(jumps: readonly Jump[], x: np.Array, y: np.Array): np.Array {
  const result = jumps.reduce((rest, [at, value]) => np.where(x.ref.equal(at), constant(value, x), rest), y);
  x.dispose();
  return result;
}

const known = new Map<string, Tables>();

/** f(x), f the function or a derivative of a registered activation; takes ownership of x. */
export function call(x: np.Array, activation: string, order: Order): np.Array {
  const [y, other] = bind(x as unknown as Internal, { activation, order, pair: false });
  other.dispose();
  return y as unknown as np.Array;
}

/** Makes an activation known to `call` by a name. */
export function register(activation: string, tables: Tables): void {
  if (!known.has(activation)) known.set(activation, tables);
}

function bind(x: Internal, { activation, order, pair }: JaxCall): Internal[] {
  const parameters = { factors: [x.shape.at(-1)], activation, order, pair };
  // Other back ends ask for this. Nobody must ask for it here, so it is not to be enumerated.
  Object.defineProperty(parameters, 'inverse', { get: refuse });
  return x._trace.processPrimitive(PRIMITIVE, [x.ref, x], parameters).map((out) => out.fullLower());
}

function refuse(): never {
  const expected = "'wasm', for which this was traced: for another, trace it with defaultDevice() set to that";
  throw new GeluRangeError('device', expected, 'another back end');
}

function callOf(parameters: object): JaxCall | undefined {
  const { activation } = parameters as Partial<JaxCall>;
  return activation !== undefined && known.has(activation) ? (parameters as JaxCall) : undefined;
}

function workOf(parameters: object): Work | undefined {
  const work = callOf(parameters);
  if (!work) return undefined;
  const { activation, order, pair } = work;
  const tables = known.get(activation) as Tables;
  const both = pair && order === 0 ? tables.pair().bytes : undefined;
  if (both) return { label: activation, tables: [both, both] };
  return { label: activation, tables: [tables.orders[order], pair ? tables.orders[order + 1] : undefined] };
}

/** A value with its tangent. */
interface Dual extends Internal {
  readonly primal: Internal;
  readonly tangent: Internal;
  readonly constructor: new (trace: Trace, primal: Internal, tangent: Internal) => Dual;
}

/** The tangent of f(x) is f'(x)·dx. */
function differentiate(trace: Trace, [x, twin]: readonly Dual[], { activation, order, pair }: JaxCall): Internal[] {
  twin.dispose();
  const { primal, tangent, constructor: Make } = x;
  const last = order + (pair ? 2 : 1);
  if (last > 2) throw new GeluRangeError('the order of a derivative in gelu/jax', 'at most 2', String(last));
  const secondDerivative = pair ? secondOf(primal.ref as never, activation, last as Order) : undefined;
  const [y, slope] = bind(primal, { activation, order, pair: true });
  if (!secondDerivative) {
    const out = new Make(trace, y, slope.mul(tangent));
    return [out, out.ref];
  }
  const first = new Make(trace, y, slope.ref.mul(tangent.ref));
  return [first, new Make(trace, slope, (secondDerivative as unknown as Internal).mul(tangent))];
}

function secondOf(x: np.Array, activation: string, order: Order): np.Array {
  const jumps = known.get(activation)?.jumps ?? [];
  return jumps.length === 0 ? call(x, activation, order) : atJumps(jumps, x.ref, call(x, activation, order));
}

function installDerivative(): void {
  let trace: Trace | undefined;
  const x = np.zeros([1]);
  const spy = (v: np.Array) => {
    trace = Object.getPrototypeOf((v as unknown as Internal)._trace) as Trace;
    return v;
  };
  for (const out of jvp(spy, [x], [np.zeros([1])])) (out as np.Array).dispose();
  if (!trace) throw new Error('jax-js keeps its traces elsewhere');
  const process = trace.processPrimitive;
  trace.processPrimitive = function (primitive, inputs, parameters) {
    const ours = primitive === PRIMITIVE ? callOf(parameters) : undefined;
    return ours ? differentiate(this, inputs as Dual[], ours) : process.call(this, primitive, inputs, parameters);
  };
}

// 1 + 2x + 3x² and its derivatives, as a table of one row.
const PROBE = 'gelu/jax probe';
const PROBE_ROWS = [
  [1, 2, 3],
  [2, 6, 0],
  [6, 0, 0],
];

/** The table of a polynomial of degree 2: all inputs are in row 0. */
function probe(coefficients: readonly number[]): () => Uint8Array {
  return onFirstUse(() => {
    const bytes = new Uint8Array(64 + 48);
    new Float32Array(bytes.buffer).set([0, 0, 0, 1]);
    new Int32Array(bytes.buffer)[4] = 0x4b400000;
    new Float64Array(bytes.buffer, 64).set([0, ...coefficients, 0, 0]);
    return bytes;
  });
}

/** Whether all that is used of jax-js's inner parts is as expected: tried once, on a polynomial, in all its uses. */
export const available: () => { readonly yes: boolean } = onFirstUse(() => {
  try {
    installKernel(workOf);
    installDerivative();
    const [f0, f1, f2] = PROBE_ROWS.map(probe);
    register(PROBE, { orders: [f0, f1, f2], pair: () => ({ bytes: f0 }) });
    return { yes: probeAgrees() };
  } catch {
    return { yes: false };
  }
});

function probeAgrees(): boolean {
  const f = (x: np.Array) => call(x, PROBE, 0);
  const slope = (g: (x: np.Array) => np.Array) => grad((x: np.Array) => g(x).sum()) as typeof g;
  const all = (x: np.Array) => [f(x.ref), slope(f)(x.ref), slope(slope(f))(x.ref), vmap(f)(x)];
  const values = Float32Array.from({ length: 22 }, (_, i) => i - 9);
  const x = np.array(values, { shape: [2, 11], device: 'wasm' });
  const { jaxpr } = makeJaxpr(all)(x) as { jaxpr: ClosedJaxpr };
  // Not by `jit`: within a function that is being recorded, it would be recorded too.
  const parameters = { name: PROBE, jaxpr: jaxpr.jaxpr, numConsts: jaxpr.consts.length };
  const inputs = [...jaxpr.consts, x] as unknown as Internal[];
  const outputs = inputs[0]._trace.processPrimitive('jit', inputs, parameters) as unknown as np.Array[];
  const results = outputs.map((y) => y.dataSync());
  const expected = [(v: number) => 1 + 2 * v + 3 * v * v, (v: number) => 2 + 6 * v, () => 6, undefined];
  return results.every((y, k) => values.every((v, i) => y[i] === (expected[k] ?? expected[0])?.(v)));
}

/** The device on which something done to x will run, as far as that is known. */
export function deviceOf(x: np.Array): Device {
  for (
    let inner: Wrapped | undefined = x as unknown as Wrapped;
    inner;
    inner = inner.primal ?? inner.val ?? inner.pval?.val
  )
    if (inner.device !== undefined) return inner.device;
  return defaultDevice();
}

interface Wrapped {
  readonly device?: Device;
  readonly primal?: Wrapped;
  readonly val?: Wrapped;
  readonly pval?: { readonly val?: Wrapped };
}
