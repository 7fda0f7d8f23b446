// The standard operators that floating-point models use, and how a node of each is written at every opset.
//
// A case: [operator, first opset, what]; what is an object or a function of the opset that gives one:
//   x: dims of the input (default [4, 96]); attributes; constants: name → { dims, values, dtype? } in the order of the
//   inputs after x (dtype 'T' is that of x); inputs, where the order is another; y: the dtype of the result.

const numbers = (n, scale = 1) => Array.from({ length: n }, (_, i) => scale * Math.sin(1 + i * 1.7));
const positive = (n) => numbers(n).map((v) => Math.abs(v) + 0.1);
const T = (dims, values = numbers(dims.reduce((a, b) => a * b, 1))) => ({ dtype: 'T', dims, values });
const I = (...values) => ({ dtype: 'int64', dims: [values.length], values });
const scalar = (value, dtype = 'T') => ({ dtype, dims: [], values: [value] });
const f = (value) => ({ f: value });

/** Attributes before an opset, a constant from it on. */
const moved =
  (at, name, value, rest = {}) =>
  (opset) =>
    opset < at
      ? { ...rest, attributes: { ...rest.attributes, [name]: value } }
      : { ...rest, constants: { ...rest.constants, [name]: I(...[value].flat()) } };

const same = (names, from, what = {}) => names.split(' ').map((op) => [op, from, what]);
const IMAGE = { x: [2, 4, 8, 8] };
const gates = (count) => ({
  x: [3, 2, 4],
  attributes: { hidden_size: 5 },
  constants: { w: T([1, count * 5, 4]), r: T([1, count * 5, 5]) },
});

export const CASES = [
  ...same('Abs Neg Reciprocal Floor Ceil Sqrt Exp Log Relu Sigmoid Tanh', 6, { elementwise: true }),
  ...same('Softplus Softsign', 1, { elementwise: true }),
  ...same('Sin Cos Tan Asin Acos Atan', 7, { elementwise: true }),
  ...same('Sinh Cosh Asinh Acosh Atanh Erf Sign', 9, { elementwise: true }),
  ...same('Round', 11, { elementwise: true }),
  ...same('IsNaN', 9, { elementwise: true, y: 'bool' }),
  ...same('IsInf', 10, { elementwise: true, y: 'bool' }),
  ...same('Elu Selu LeakyRelu HardSigmoid', 6, { elementwise: true }),
  ...same('Celu', 12, { elementwise: true }),
  ...same('ThresholdedRelu', 10, { elementwise: true }),
  ...same('Shrink', 9, { elementwise: true }),
  ...same('HardSwish', 14, { elementwise: true }),
  ...same('Mish', 18, { elementwise: true }),
  ...same('Gelu', 20, { elementwise: true }),
  ['Gelu', 20, { name: 'Gelu tanh', elementwise: true, attributes: { approximate: 'tanh' } }],
  ...same('Swish', 24, { elementwise: true }),
  ['PRelu', 7, { constants: { slope: T([96]) } }],
  [
    'Clip',
    6,
    (opset) => ({
      elementwise: true,
      ...(opset < 11 ? { attributes: { min: f(-1), max: f(6) } } : { constants: { min: scalar(-1), max: scalar(6) } }),
    }),
  ],
  ...same('Add Sub Mul Div', 7, {
    constants: {
      b: T(
        [96],
        positive(96).map((v) => v + 1),
      ),
    },
  }),
  ['Pow', 7, { constants: { b: scalar(3) } }],
  ...same('Min Max', 8, { constants: { b: T([96]) } }),
  ...same('Sum Mean', 8, { constants: { b: T([96]), c: T([1]) } }),
  [
    'Mod',
    10,
    {
      attributes: { fmod: 1 },
      constants: {
        b: T(
          [96],
          positive(96).map((v) => v + 1),
        ),
      },
    },
  ],
  ...same('Equal Less Greater', 7, { constants: { b: T([96]) }, y: 'bool' }),
  ...same('LessOrEqual GreaterOrEqual', 12, { constants: { b: T([96]) }, y: 'bool' }),
  [
    'Where',
    9,
    {
      inputs: ['c', 'x', 'b'],
      constants: { c: { dtype: 'bool', dims: [96], values: numbers(96).map((v) => +(v > 0)) }, b: T([96]) },
    },
  ],
  ['MatMul', 1, { constants: { b: T([96, 32]) } }],
  ['Gemm', 7, { constants: { b: T([96, 32]), c: T([32]) } }],
  ['Einsum', 12, { attributes: { equation: 'ij,jk->ik' }, constants: { b: T([96, 32]) } }],
  ['Conv', 1, { ...IMAGE, constants: { w: T([6, 4, 3, 3]), b: T([6]) } }],
  ['ConvTranspose', 1, { ...IMAGE, constants: { w: T([4, 6, 3, 3]), b: T([6]) } }],
  ...same('AveragePool MaxPool', 7, { ...IMAGE, attributes: { kernel_shape: [2, 2], strides: [2, 2] } }),
  ...same('GlobalAveragePool GlobalMaxPool GlobalLpPool', 2, IMAGE),
  ['LpPool', 2, { ...IMAGE, attributes: { kernel_shape: [2, 2] } }],
  ['LRN', 1, { ...IMAGE, attributes: { size: 3 } }],
  ['MeanVarianceNormalization', 9, IMAGE],
  ['LpNormalization', 1, {}],
  ['BatchNormalization', 7, { ...IMAGE, constants: { s: T([4]), b: T([4]), m: T([4]), v: T([4], positive(4)) } }],
  ['InstanceNormalization', 6, { ...IMAGE, constants: { s: T([4]), b: T([4]) } }],
  ['LayerNormalization', 17, { constants: { s: T([96]), b: T([96]) } }],
  [
    'GroupNormalization',
    18,
    (opset) => ({
      ...IMAGE,
      attributes: { num_groups: 2 },
      constants: {
        s: T([opset < 21 ? 2 : 4], [1, 1, 1, 1].slice(opset < 21 ? 2 : 0)),
        b: T([opset < 21 ? 2 : 4], [0, 0, 0, 0].slice(opset < 21 ? 2 : 0)),
      },
    }),
  ],
  ['RMSNormalization', 23, { constants: { s: T([96]) } }],
  ...same('Softmax LogSoftmax Hardmax', 1, { attributes: { axis: 1 } }),
  ...same(
    'ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare',
    1,
    moved(18, 'axes', [1]),
  ),
  ['ReduceSum', 1, moved(13, 'axes', [1])],
  ...same('ArgMax ArgMin', 1, { attributes: { axis: 1 }, y: 'int64' }),
  ...same('Squeeze', 1, moved(13, 'axes', [0], { x: [1, 4, 96] })),
  ...same('Unsqueeze', 1, moved(13, 'axes', [0])),
  ['Split', 2, moved(13, 'split', [96], { attributes: { axis: 1 } })],
  ...same('Identity Transpose', 1),
  ...same('Flatten', 1),
  ['Reshape', 5, { constants: { shape: I(-1, 12) } }],
  ['Concat', 4, { attributes: { axis: 1 }, constants: { b: T([4, 3]) } }],
  ['Expand', 8, { constants: { shape: I(2, 4, 96) } }],
  ['Tile', 6, { constants: { repeats: I(1, 2) } }],
  [
    'Slice',
    1,
    (opset) =>
      opset < 10
        ? { attributes: { starts: [1], ends: [9], axes: [1] } }
        : { constants: { starts: I(1), ends: I(9), axes: I(1) } },
  ],
  ['Pad', 2, moved(11, 'pads', [0, 1, 0, 1])],
  ['Gather', 1, { attributes: { axis: 1 }, constants: { i: I(3, 1, 2) } }],
  [
    'GatherElements',
    11,
    { attributes: { axis: 1 }, constants: { i: { dtype: 'int64', dims: [4, 1], values: [3, 1, 2, 0] } } },
  ],
  ['GatherND', 11, { constants: { i: { dtype: 'int64', dims: [2, 2], values: [3, 1, 2, 0] } } }],
  [
    'ScatterElements',
    11,
    { attributes: { axis: 1 }, constants: { i: { dtype: 'int64', dims: [4, 1], values: [3, 1, 2, 0] }, u: T([4, 1]) } },
  ],
  ['ScatterND', 11, { constants: { i: { dtype: 'int64', dims: [2, 2], values: [3, 1, 2, 0] }, u: T([2]) } }],
  ['Compress', 9, { attributes: { axis: 0 }, constants: { c: { dtype: 'bool', dims: [4], values: [1, 0, 1, 0] } } }],
  ['TopK', 1, moved(10, 'k', 3, { outputs: 2 })],
  ['NonZero', 9, { y: 'int64' }],
  ['OneHot', 9, { inputs: ['i', 'd', 'x'], x: [2], constants: { i: I(1, 2), d: scalar(4, 'int64') } }],
  ['CumSum', 11, { constants: { axis: scalar(1, 'int64') } }],
  ['Range', 11, { x: [], inputs: ['x', 'l', 'd'], constants: { l: scalar(9), d: scalar(1) } }],
  ['Trilu', 14, {}],
  ...same('And Or Xor', 7, { constants: { b: T([96]) } }),
  ['Not', 1, {}],
  ['ReverseSequence', 10, { attributes: { batch_axis: 0, time_axis: 1 }, constants: { n: I(2, 3, 4, 5) } }],
  ['Unique', 11, { x: [20] }],
  ['Det', 11, { x: [4, 4] }],
  ['EyeLike', 9, {}],
  ...same('Shape Size', 1, { y: 'int64' }),
  ['Cast', 6, { attributes: { to: 7 }, y: 'int64' }],
  ['CastLike', 15, { constants: { like: I(1) }, y: 'int64' }],
  ['Dropout', 7, {}],
  ...same('DepthToSpace SpaceToDepth', 1, { ...IMAGE, attributes: { blocksize: 2 } }),
  [
    'Upsample',
    7,
    (opset) =>
      opset > 9
        ? undefined
        : opset < 9
          ? undefined
          : { ...IMAGE, constants: { s: { dtype: 'float32', dims: [4], values: [1, 1, 2, 2] } } },
  ],
  [
    'Resize',
    10,
    (opset) => ({
      ...IMAGE,
      inputs: opset < 11 ? ['x', 's'] : ['x', 'roi', 's'],
      constants: { ...(opset < 11 ? {} : { roi: T([0]) }), s: { dtype: 'float32', dims: [4], values: [1, 1, 2, 2] } },
    }),
  ],
  ['GridSample', 16, { ...IMAGE, constants: { g: T([2, 3, 3, 2]) } }],
  ['CenterCropPad', 18, { constants: { s: I(3, 100) } }],
  ['Col2Im', 18, { x: [1, 4, 9], constants: { i: I(4, 4), b: I(2, 2) } }],
  ['DFT', 17, { x: [2, 16, 1] }],
  ['RNN', 7, gates(1)],
  ['GRU', 7, gates(3)],
  ['LSTM', 7, gates(4)],
  ['QuantizeLinear', 10, { constants: { s: scalar(0.05), z: scalar(128, 'uint8') }, y: 'uint8' }],
  [
    'DequantizeLinear',
    10,
    {
      x: [],
      constants: { q: { dtype: 'uint8', dims: [4], values: [1, 2, 3, 200] }, z: scalar(128, 'uint8') },
      inputs: ['q', 'x', 'z'],
    },
  ],
  [
    'Attention',
    23,
    { x: [1, 2, 4, 8], inputs: ['x', 'k', 'v'], constants: { k: T([1, 2, 4, 8]), v: T([1, 2, 4, 8]) } },
  ],
  ['RotaryEmbedding', 23, { x: [1, 2, 4, 8], constants: { c: T([1, 4, 4]), s: T([1, 4, 4]) } }],
];
