import type { Graph, Node } from '../read/graph.js';
import { withInner } from '../read/graph.js';

/** The version in which the standard operator Gelu came. */
export const GELU_OPSET = 20;

/**
 * Standard operators by the version since which they have meant the same up to version 20, for all nodes that were valid
 * before (from the changelog of the ONNX operators). Versions that only add types or attributes with the old behaviour as
 * their default do not count.
 */
const SINCE: Readonly<Record<number, string>> = {
  1: `ConvInteger ConvTranspose Conv DepthToSpace SpaceToDepth GlobalAveragePool GlobalMaxPool GlobalLpPool Identity If Loop
    Constant Shape Size Transpose Gather LSTM GRU RNN Softplus Softsign ArgMax ArgMin LpNormalization LRN RandomNormal
    RandomUniform RandomNormalLike RandomUniformLike Not LpPool MaxPool`,
  4: 'Concat',
  5: 'Reshape',
  6: `Abs Neg Reciprocal Floor Ceil Sqrt Exp Log Relu LeakyRelu Elu Selu Sigmoid HardSigmoid Tanh Cast Tile
    InstanceNormalization`,
  7: `Add Sub Mul Div Pow And Or Xor Equal Greater Less PRelu Sin Cos Tan Asin Acos Atan Gemm AveragePool Multinomial`,
  8: 'Expand Max Min Sum Mean',
  9: `MatMul Flatten Erf Where Sign Sinh Cosh Asinh Acosh Atanh IsNaN NonZero OneHot Scan ConstantOfShape EyeLike Compress
    Shrink MaxUnpool MeanVarianceNormalization BatchNormalization`,
  10: `Mod TopK Slice QuantizeLinear DequantizeLinear QLinearMatMul QLinearConv MatMulInteger ThresholdedRelu IsInf
    NonMaxSuppression ReverseSequence StringNormalizer`,
  11: `Clip Pad Range Round CumSum GatherElements GatherND ScatterElements ScatterND BitShift Det DynamicQuantizeLinear
    SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SplitToSequence
    ConcatFromSequence Unique`,
  12: 'Dropout Einsum Celu GreaterOrEqual LessOrEqual',
  13: 'Squeeze Unsqueeze ReduceSum Softmax LogSoftmax Hardmax Resize',
  14: 'Trilu HardSwish',
  15: 'CastLike Bernoulli Optional OptionalGetElement OptionalHasElement',
  16: 'RoiAlign',
  17: 'LayerNormalization SequenceMap HannWindow HammingWindow BlackmanWindow MelWeightMatrix STFT',
  18: `Split ReduceMax ReduceMin ReduceMean ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare Mish
    GroupNormalization Col2Im CenterCropPad BitwiseAnd BitwiseOr BitwiseXor BitwiseNot`,
  20: 'Gelu GridSample DFT AffineGrid ImageDecoder StringConcat StringSplit RegexFullMatch',
};

const since = new Map(
  Object.entries(SINCE).flatMap(([version, ops]) =>
    ops.split(/\s+/).map((op): [string, number] => [op, Number(version)]),
  ),
);

/** The operators of a graph, those inside of its nodes included, that would mean something else in version 20. */
export function opsetObstacles(graph: Graph): string[] {
  const version = graph.opsets.get('')?.version ?? 0;
  const nodes = withInner(graph).flatMap((inner) => inner.nodes);
  const obstacles = nodes.filter((node) => node.domain === '' && !keepsMeaning(node, version)).map(({ op }) => op);
  return [...new Set(obstacles)];
}

function keepsMeaning(node: Node, version: number): boolean {
  const { op, inputs, outputs, attributes } = node;
  // These changed only for some uses.
  if (op.startsWith('Reduce') && version < 18 && !attributes.has('axes') && inputs.length < 2) return since.has(op);
  if (op === 'Split' && version >= 13 && inputs.length > 1) return true;
  if (op === 'BatchNormalization' && outputs.filter((name) => name !== '').length > 1) return version >= 14;
  if (op === 'BatchNormalization' && attributes.has('spatial')) return false;
  const from = since.get(op);
  return from !== undefined && version >= from;
}
