import type { Dim } from '../read/value.js';
import { broadcast, type Shape } from './broadcast.js';

/** A node as the rules see it. */
export interface Shaped {
  op: string;
  opset: number;
  count: number;
  outputs: number;
  /** The shape of an input. */
  shape: (i: number) => Shape | undefined;
  /** Whether two inputs are known to have the same. */
  same: (i: number, j: number) => boolean;
  /** The elements of an input that is a constant. */
  integers: (i: number) => number[] | undefined;
  integer: (name: string) => number | undefined;
  list: (name: string) => readonly number[] | undefined;
  text: (name: string) => string | undefined;
}

/** What a rule gives for an output: its shape, or the number of the input that has the same. */
export type Result = Shape | number | undefined;

type Rule = (node: Shaped) => readonly Result[];

const names = (text: string): string[] => text.split(/\s+/);

const SAME = `Abs Acos Acosh Asin Asinh Atan Atanh Cast Ceil Celu Clip Cos Cosh CumSum Elu Erf Exp Floor Gelu HardSigmoid HardSwish
  Hardmax Identity InstanceNormalization IsInf IsNaN LRN LayerNormalization LeakyRelu Log LogSoftmax LpNormalization
  MeanVarianceNormalization Mish Neg Not QuantizeLinear DequantizeLinear RMSNormalization GroupNormalization Reciprocal Relu
  Round Selu Shrink Sigmoid Sign Sin Sinh Softmax Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu Trilu CastLike
  BatchNormalization BitwiseNot Bernoulli RandomNormalLike RandomUniformLike EyeLike SimplifiedLayerNormalization ReverseSequence
  Scatter ScatterElements ScatterND com.microsoft:Gelu com.microsoft:QuickGelu com.microsoft:FastGelu com.microsoft:BiasGelu
  com.microsoft:SkipLayerNormalization com.microsoft:SkipSimplifiedLayerNormalization`;
const BROADCAST = `Add Sub Mul Div Pow Mod And Or Xor Equal Greater GreaterOrEqual Less LessOrEqual Where Max Min Mean Sum BitShift PRelu
  BitwiseAnd BitwiseOr BitwiseXor`;
const REDUCE = `ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare`;
const POOL = `AveragePool MaxPool LpPool`;
const GLOBAL = `GlobalAveragePool GlobalMaxPool GlobalLpPool`;
const SAME_RANK = `Pad Tile Slice Resize Upsample Compress`;

const unknown = (rank: number | undefined): Dim[] | undefined =>
  rank === undefined || rank < 0 ? undefined : new Array<Dim>(rank).fill(undefined);
const from = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
const product = (dims: Shape): Dim =>
  dims.every((d) => typeof d === 'number') ? dims.reduce<number>((p, d) => p * (d as number), 1) : undefined;

/** What an axis has afterwards, all else as it was. */
function along(shape: Shape | undefined, axis: number, dim: Dim): Shape | undefined {
  return shape?.map((d, i) => (i === from(axis, shape.length) ? dim : d));
}

function reduce(node: Shaped): readonly Result[] {
  const shape = node.shape(0);
  const given = node.list('axes') ?? node.integers(1);
  const none = given === undefined ? node.count < 2 : given.length === 0;
  if (none && node.integer('noop_with_empty_axes') === 1) return [0];
  const keep = node.integer('keepdims') !== 0;
  if (shape === undefined) return [none && !keep ? [] : undefined];
  if (given === undefined && !none) return [keep ? unknown(shape.length) : undefined];
  const gone = new Set(none ? shape.keys() : given?.map((axis) => from(axis, shape.length)));
  return [shape.flatMap((dim, i) => (!gone.has(i) ? [dim] : keep ? [1] : []))];
}

function matmul(node: Shaped): readonly Result[] {
  const [a, b] = [node.shape(0), node.shape(1)];
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return [];
  const batch = broadcast([a.slice(0, -2), b.slice(0, -2)]);
  return [[...batch, ...(a.length > 1 ? [a.at(-2)] : []), ...(b.length > 1 ? [b.at(-1)] : [])]];
}

function reshape(node: Shaped): readonly Result[] {
  const target = node.list('shape') ?? node.integers(1);
  const old = node.shape(0);
  if (target === undefined) {
    const length = node.shape(1)?.[0];
    return [typeof length === 'number' && length < 100 ? unknown(length) : undefined];
  }
  const dims = target.map(
    (n, i): Dim => (n === 0 && node.integer('allowzero') !== 1 ? old?.[i] : n < 0 ? undefined : n),
  );
  const whole = old && product(old);
  const rest = product(dims.filter((_, i) => target[i] >= 0));
  const free = typeof whole === 'number' && typeof rest === 'number' && rest > 0 ? whole / rest : undefined;
  return [dims.map((dim, i) => (target[i] < 0 ? free : dim))];
}

function squeeze(node: Shaped): readonly Result[] {
  const shape = node.shape(0);
  const axes = node.list('axes') ?? node.integers(1);
  if (shape === undefined) return [];
  if (axes === undefined && (node.count > 1 || shape.some((dim) => typeof dim !== 'number'))) return [];
  const gone = axes?.map((axis) => from(axis, shape.length));
  return [shape.filter((dim, i) => (gone ? !gone.includes(i) : dim !== 1))];
}

function unsqueeze(node: Shaped): readonly Result[] {
  const shape = node.shape(0);
  const axes = node.list('axes') ?? node.integers(1);
  if (shape === undefined || axes === undefined || axes.length > 1000) return [];
  const rank = shape.length + axes.length;
  const added = new Set(axes.map((axis) => from(axis, rank)));
  const left = [...shape];
  return [Array.from({ length: rank }, (_, i) => (added.has(i) ? 1 : left.shift()))];
}

function concat(node: Shaped): readonly Result[] {
  const shapes = Array.from({ length: node.count }, (_, i) => node.shape(i));
  const known = shapes.find((shape) => shape !== undefined);
  if (known === undefined) return [];
  const axis = from(node.integer('axis') ?? 1, known.length);
  const sum = shapes.reduce<Dim>((total, shape) => {
    const length = shape?.[axis];
    return typeof total === 'number' && typeof length === 'number' ? total + length : undefined;
  }, 0);
  return [along(known, axis, sum)];
}

function expand(node: Shaped): readonly Result[] {
  const target = node.integers(1);
  const shape = node.shape(0);
  const rank = node.shape(1)?.[0];
  if (shape && target) return [broadcast([shape, target])];
  if (shape && typeof rank === 'number' && rank < 100) return [unknown(Math.max(shape.length, rank))];
  return [];
}

function gather(node: Shaped): readonly Result[] {
  const [data, indices] = [node.shape(0), node.shape(1)];
  if (!data || !indices || data.length === 0) return [];
  const axis = from(node.integer('axis') ?? 0, data.length);
  return [[...data.slice(0, axis), ...indices, ...data.slice(axis + 1)]];
}

function transpose(node: Shaped): readonly Result[] {
  const shape = node.shape(0);
  const order = node.list('perm') ?? (shape && [...shape.keys()].reverse());
  return [order?.map((i) => shape?.[i])];
}

function gemm(node: Shaped): readonly Result[] {
  const [a, b] = [node.shape(0), node.shape(1)];
  return [[a?.[node.integer('transA') ? 1 : 0], b?.[node.integer('transB') ? 0 : 1]]];
}

function conv(node: Shaped): readonly Result[] {
  const [x, w] = [node.shape(0), node.shape(1)];
  const rank = x?.length ?? w?.length;
  if (rank === undefined) return [];
  const channels = node.op === 'Conv' ? w?.[0] : undefined;
  return [[x?.[0], channels, ...(unknown(rank - 2) ?? [])]];
}

function argument(node: Shaped): readonly Result[] {
  const axis = node.integer('axis') ?? 0;
  const shape = along(node.shape(0), axis, 1);
  return [node.integer('keepdims') === 0 ? shape?.filter((_, i) => i !== from(axis, shape.length)) : shape];
}

function split(node: Shaped): readonly Result[] {
  const axis = node.integer('axis') ?? 0;
  const sizes = node.list('split') ?? node.integers(1);
  const shape = node.shape(0);
  const whole = shape?.[from(axis, shape.length)];
  const even =
    node.count < 2 && typeof whole === 'number' && whole % node.outputs === 0 ? whole / node.outputs : undefined;
  return Array.from({ length: node.outputs }, (_, i) => along(shape, axis, sizes ? sizes[i] : even));
}

function flatten(node: Shaped): readonly Result[] {
  const shape = node.shape(0);
  if (shape === undefined) return [[undefined, undefined]];
  const axis = node.integer('axis') ?? 1;
  const at = axis < 0 ? axis + shape.length : axis;
  return [[product(shape.slice(0, at)), product(shape.slice(at))]];
}

function elementwise(node: Shaped): readonly Result[] {
  // Scalars change no shape, whatever that is.
  const others: number[] = [];
  for (let i = 0; i < node.count; i++) if (node.shape(i)?.length !== 0) others.push(i);
  if (others.length === 0) return [[]];
  const [first] = others;
  if (others.every((i) => node.same(i, first))) return [first];
  const shapes = others.map(node.shape);
  return [shapes.every((shape) => shape !== undefined) ? broadcast(shapes) : undefined];
}

const ofShape: Rule = (node) => [node.integers(0) ?? unknown(dimOf(node.shape(0)))];
const dimOf = (shape: Shape | undefined): number | undefined =>
  typeof shape?.[0] === 'number' && shape[0] < 100 ? shape[0] : undefined;

const keyed = (text: string, rule: Rule): [string, Rule][] =>
  names(text).map((op) => [op.includes(':') ? op : `:${op}`, rule]);

/** By domain and operator. */
export const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...keyed(SAME, () => [0]),
  ...keyed('Dropout', () => [0, 0]),
  ...keyed(BROADCAST, elementwise),
  ...keyed(REDUCE, reduce),
  ...keyed('Conv ConvTranspose', conv),
  ...keyed(POOL, (node) => [node.shape(0)?.map((dim, i) => (i < 2 ? dim : undefined))]),
  ...keyed(GLOBAL, (node) => [node.shape(0)?.map((dim, i) => (i < 2 ? dim : 1))]),
  ...keyed(SAME_RANK, (node) => (node.op === 'Compress' ? [] : [unknown(node.shape(0)?.length)])),
  ...keyed('MatMul com.microsoft:FusedMatMul', matmul),
  ...keyed('Gemm', gemm),
  ...keyed('Reshape', reshape),
  ...keyed('Squeeze', squeeze),
  ...keyed('Unsqueeze', unsqueeze),
  ...keyed('Concat', concat),
  ...keyed('Expand', expand),
  ...keyed('Gather', gather),
  ...keyed('GatherElements', () => [1]),
  ...keyed('Transpose', transpose),
  ...keyed('Flatten', flatten),
  ...keyed('ArgMax ArgMin', argument),
  ...keyed('Split', split),
  ...keyed('Shape', (node) => [[node.integer('start') || node.integer('end') ? undefined : node.shape(0)?.length]]),
  ...keyed('Size', () => [[]]),
  ...keyed('Range NonZero', (node) => [node.op === 'Range' ? [undefined] : [node.shape(0)?.length, undefined]]),
  ...keyed('ConstantOfShape', ofShape),
  ...keyed('RandomNormal RandomUniform', (node) => [node.list('shape')]),
  ...keyed('OneHot', (node) => [unknown(add(node.shape(0)?.length, 1))]),
  ...keyed('TopK', (node) => {
    const shape = along(node.shape(0), node.integer('axis') ?? -1, undefined);
    return [shape, shape];
  }),
  ...keyed('GRU LSTM RNN', () => [unknown(4), unknown(3), unknown(3)]),
]);

function add(a: number | undefined, b: number): number | undefined {
  return a === undefined ? undefined : a + b;
}
