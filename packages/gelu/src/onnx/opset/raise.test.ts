import { Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { CONSTANTS, type Constant, erfGelu, model, node, run, type Value } from '../../../test/support/onnx-model.js';
import { inspectOnnx, OnnxRewriteError, rewriteOnnx } from '../index.js';

const SHAPE = [2, 3, 4];
const DATA = Float32Array.from({ length: 64 }, (_, i) => Math.sin(7 * i) * 3);

interface Case {
  op: string;
  opset: number;
  attributes?: Record<string, Value>;
  inputs?: string[];
  constants?: Constant[];
  outputs?: string[];
  /** Of the outputs. */
  dtypes?: number[];
  /** Of x. */
  shape?: number[];
  /** Whether the shape of x is said. */
  unknown?: boolean;
}

const floats = (values: number[]): Value => ({ floats: values });
const f = (value: number): Value => ({ f: value });

// Every operator that changed between the versions: the node as it was, and what the raised model computes must be the same bits.
const CASES: Case[] = [
  ...[
    'ReduceMean',
    'ReduceSum',
    'ReduceMax',
    'ReduceMin',
    'ReduceProd',
    'ReduceL1',
    'ReduceL2',
    'ReduceSumSquare',
  ].flatMap((op): Case[] => [
    { op, opset: 7, attributes: { axes: [1], keepdims: 1 } },
    { op, opset: 11, attributes: { axes: [-1, 0], keepdims: 0 } },
    { op, opset: 12 },
  ]),
  { op: 'ReduceLogSumExp', opset: 13, attributes: { axes: [2] } },
  { op: 'ReduceLogSum', opset: 13, attributes: { axes: [2] }, shape: [1, 1, 1] },
  { op: 'ReduceSum', opset: 13, inputs: ['x', 'axes'], constants: [['axes', 7, [1], [1]]] },
  { op: 'Squeeze', opset: 9, attributes: { axes: [1] }, shape: [2, 1, 4] },
  { op: 'Squeeze', opset: 11, shape: [2, 1, 4] },
  { op: 'Unsqueeze', opset: 11, attributes: { axes: [0, -1] } },
  ...['Softmax', 'LogSoftmax', 'Hardmax'].flatMap((op): Case[] => [
    { op, opset: 9 },
    { op, opset: 11, attributes: { axis: -1 } },
    { op, opset: 11, attributes: { axis: 2 } },
    { op, opset: 11, attributes: { axis: 1 }, unknown: true },
    { op, opset: 12, attributes: { axis: 0 } },
    { op, opset: 11, attributes: { axis: -2 } },
    { op, opset: 13, attributes: { axis: 1 } },
  ]),
  { op: 'Clip', opset: 7, attributes: { min: f(-0.5), max: f(1.25) } },
  { op: 'Clip', opset: 10, attributes: { max: f(0.75) } },
  { op: 'Clip', opset: 10, attributes: { min: f(0) }, unknown: true },
  { op: 'Clip', opset: 6 + 1 },
  { op: 'Pad', opset: 9, attributes: { pads: [0, 1, 0, 2, 0, 1], value: f(1.5) } },
  { op: 'Pad', opset: 10, attributes: { pads: [0, 1, 0, 0, 0, 1], mode: 'reflect' } },
  { op: 'Slice', opset: 9, attributes: { starts: [1, 0], ends: [3, -1], axes: [1, 2] } },
  { op: 'Slice', opset: 7, attributes: { starts: [1], ends: [2] } },
  { op: 'TopK', opset: 9, attributes: { k: 2, axis: 2 }, outputs: ['y', 'i'], dtypes: [1, 7] },
  { op: 'Split', opset: 11, attributes: { split: [1, 3], axis: 2 }, outputs: ['y', 'z'] },
  { op: 'Split', opset: 12, attributes: { axis: 2 }, outputs: ['y', 'z'] },
  { op: 'Split', opset: 17, attributes: { axis: -1 }, outputs: ['y', 'z'] },
  { op: 'Dropout', opset: 9, attributes: { ratio: f(0.3) } },
  { op: 'Dropout', opset: 11, attributes: { ratio: f(0.3) } },
  { op: 'Dropout', opset: 12 },
  {
    op: 'BatchNormalization',
    opset: 7,
    inputs: ['x', 'scale', 'bias', 'mean', 'var'],
    constants: ['scale', 'bias', 'mean', 'var'].map((name, i): Constant => [name, 1, [3], [i + 0.5, i + 1, i + 2]]),
    attributes: { epsilon: f(1e-3) },
  },
  {
    op: 'Scatter',
    opset: 9,
    inputs: ['x', 'at', 'with'],
    constants: [
      ['at', 7, [1, 1, 2], [1, 0]],
      ['with', 1, [1, 1, 2], [9, 8]],
    ],
    attributes: { axis: 1 },
  },
  { op: 'Upsample', opset: 7, attributes: { scales: floats([1, 1, 2, 3]), mode: 'nearest' }, shape: [1, 2, 3, 4] },
  {
    op: 'Upsample',
    opset: 9,
    inputs: ['x', 's'],
    constants: [['s', 1, [4], [1, 1, 2, 2]]],
    attributes: { mode: 'linear' },
    shape: [1, 2, 3, 4],
  },
  { op: 'Resize', opset: 10, inputs: ['x', 's'], constants: [['s', 1, [4], [1, 1, 2, 3]]], shape: [1, 2, 3, 4] },
  { op: 'Resize', opset: 10, inputs: ['x', 's'], constants: [['s', 1, [4], [1, 1, 0.5, 0.6]]], shape: [1, 2, 6, 5] },
  {
    op: 'RoiAlign',
    opset: 11,
    inputs: ['x', 'rois', 'batch'],
    constants: [
      ['rois', 1, [1, 4], [0, 0, 2, 2]],
      ['batch', 7, [1], [0]],
    ],
    attributes: { output_height: 2, output_width: 2 },
    shape: [1, 2, 4, 4],
  },
  {
    op: 'GridSample',
    opset: 16,
    inputs: ['x', 'grid'],
    constants: [['grid', 1, [1, 2, 2, 2], [-0.5, -0.25, 0.5, 0.25, 0.1, 0.9, -0.9, 0.3]]],
    attributes: { mode: 'bicubic' },
    shape: [1, 1, 4, 4],
  },
  { op: 'DFT', opset: 17, attributes: { axis: 1, onesided: 1 }, shape: [1, 4, 1] },
  { op: 'Flatten', opset: 9, attributes: { axis: 2 } },
  { op: 'ArgMax', opset: 11, attributes: { axis: 1 }, dtypes: [7] },
  { op: 'Cast', opset: 9, attributes: { to: 6 }, dtypes: [6] },
  { op: 'Reshape', opset: 13, inputs: ['x', 's'], constants: [['s', 7, [2], [0, -1]]] },
  { op: 'Add', opset: 7, inputs: ['x', 'x'] },
  {
    op: 'Gemm',
    opset: 7,
    inputs: ['x', 'b', 'c'],
    shape: [2, 3],
    constants: [
      ['b', 1, [3, 2], [1, 2, 3, 4, 5, 6]],
      ['c', 1, [2], [1, 2]],
    ],
  },
];

function modelOf(one: Case): Uint8Array {
  const {
    op,
    opset,
    attributes = {},
    inputs = ['x'],
    constants = [],
    outputs = ['y'],
    dtypes = [],
    shape = SHAPE,
  } = one;
  return model({
    nodes: [node(op, inputs, outputs, attributes), ...erfGelu('v', 'w', 'gelu_')],
    inputs: [one.unknown ? ['x', 1] : ['x', 1, shape], ['v', 1, ['n']]],
    outputs: [...outputs.map((name, i): [string, number] => [name, dtypes[i] ?? 1]), ['w', 1]],
    constants: [...CONSTANTS, ...constants],
    opsets: { '': opset },
  });
}

describe('a raised model computes what it did', () => {
  test.each(
    CASES.map((one) => [`${one.op} of opset ${one.opset}, ${JSON.stringify(one.attributes ?? {})}`, one] as const),
  )('%s', async (_, one) => {
    const before = modelOf(one);
    const { bytes, opset } = rewriteOnnx(before, { to: 'gelu' });
    expect(opset).toEqual({ domain: '', from: one.opset, to: 20 });
    const after = bytes();
    expect(inspectOnnx(after).gelus).toMatchObject([{ written: 'Gelu', opset: 20 }]);
    const { shape = SHAPE } = one;
    const count = shape.reduce((p, n) => p * n, 1);
    const x = new Tensor('float32', DATA.slice(0, count), shape);
    const v = new Tensor('float32', Float32Array.of(-1, 2), [2]);
    // Erf is of opset 9: below that the model is only valid without the GELU.
    const results = await (one.opset < 9 ? run(withoutGelu(one), { x }) : run(before, { x, v }));
    const raised = await run(after, { x, v });
    for (const name of one.outputs ?? ['y']) {
      expect(raised[name].dims).toEqual(results[name].dims);
      expect(raised[name].data).toEqual(results[name].data);
    }
  });
});

function withoutGelu(one: Case): Uint8Array {
  const {
    op,
    opset,
    attributes = {},
    inputs = ['x'],
    constants = [],
    outputs = ['y'],
    dtypes = [],
    shape = SHAPE,
  } = one;
  return model({
    nodes: [node(op, inputs, outputs, attributes)],
    inputs: [['x', 1, shape]],
    outputs: outputs.map((name, i): [string, number] => [name, dtypes[i] ?? 1]),
    constants,
    opsets: { '': opset },
  });
}

describe('what cannot follow is named', () => {
  test.each<[string, Case, RegExp]>([
    ['a mask of another dtype', { op: 'Dropout', opset: 9, outputs: ['y', 'm'] }, /Dropout '\/y' in main: its mask m/],
    [
      'statistics of training',
      { op: 'BatchNormalization', opset: 9, inputs: ['x', 'x', 'x', 'x', 'x'], outputs: ['y', 'm'] },
      /outputs for training/,
    ],
    ['an unheard operator', { op: 'Unheard', opset: 17 }, /Unheard '\/y' in main: it is not known/],
    ['scales that are not known', { op: 'Resize', opset: 10, inputs: ['x', 'v'] }, /scales are not known/],
  ])('%s', (_, one, message) => {
    const before = modelOf(one);
    expect(() => rewriteOnnx(before, { to: 'gelu' })).toThrow(OnnxRewriteError);
    expect(() => rewriteOnnx(before, { to: 'gelu' })).toThrow(message);
    expect(rewriteOnnx(before, { to: 'microsoft' }).rewritten).toHaveLength(1);
  });
});
