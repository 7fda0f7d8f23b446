/** The version in which the standard operator Gelu came. */
export const GELU_OPSET = 20;

/**
 * Standard operators by the version in which they came or, if that is later, since which they have meant the same for all nodes that
 * were valid before, conversions (`CONVERSIONS`) aside. From the changelog of the ONNX operators up to version 24; versions that only
 * add types, or attributes with the old behaviour as their default, do not count.
 */
const SINCE: Readonly<Record<number, string>> = {
  1: `ConvInteger ConvTranspose Conv DepthToSpace SpaceToDepth GlobalAveragePool GlobalMaxPool GlobalLpPool Identity If Loop
    Constant Shape Size Transpose Gather Softplus Softsign ArgMax ArgMin LpNormalization LRN RandomNormal RandomUniform
    RandomNormalLike RandomUniformLike Not MaxPool Flatten MatMul LSTM GRU RNN Squeeze Unsqueeze Softmax LogSoftmax Hardmax
    ReduceSum ReduceMax ReduceMin ReduceMean ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare
    Slice TopK Pad SimplifiedLayerNormalization SkipLayerNormalization SkipSimplifiedLayerNormalization`,
  2: 'LpPool Split',
  4: 'Concat',
  5: 'Reshape',
  6: `Abs Neg Reciprocal Floor Ceil Sqrt Exp Log Relu LeakyRelu Elu Selu Sigmoid HardSigmoid Tanh Cast Tile Clip
    InstanceNormalization Max Min Sum Mean Add Sub Mul Div Pow And Or Xor Equal Greater Less Gemm PRelu Dropout
    BatchNormalization`,
  7: 'Sin Cos Tan Asin Acos Atan AveragePool Multinomial Upsample',
  8: 'Expand Scan',
  9: `Erf Where Sign Sinh Cosh Asinh Acosh Atanh IsNaN NonZero OneHot ConstantOfShape EyeLike Compress Shrink MaxUnpool
    MeanVarianceNormalization Scatter TfIdfVectorizer`,
  10: `Mod QuantizeLinear DequantizeLinear QLinearMatMul QLinearConv MatMulInteger ThresholdedRelu IsInf NonMaxSuppression
    ReverseSequence StringNormalizer Resize RoiAlign`,
  11: `Range Round CumSum GatherElements GatherND ScatterElements ScatterND BitShift Det DynamicQuantizeLinear SequenceAt
    SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SplitToSequence ConcatFromSequence Unique`,
  12: 'Einsum Celu GreaterOrEqual LessOrEqual NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss',
  14: 'Trilu HardSwish',
  15: 'CastLike Bernoulli Optional OptionalGetElement OptionalHasElement',
  16: 'GridSample',
  17: 'LayerNormalization SequenceMap HannWindow HammingWindow BlackmanWindow MelWeightMatrix STFT DFT',
  18: 'Mish GroupNormalization Col2Im CenterCropPad BitwiseAnd BitwiseOr BitwiseXor BitwiseNot',
  19: 'DeformConv',
  20: 'Gelu AffineGrid ImageDecoder StringConcat StringSplit RegexFullMatch',
  23: 'RMSNormalization RotaryEmbedding Attention',
  24: 'Swish TensorScatter',
};

const since = new Map(
  Object.entries(SINCE).flatMap(([version, ops]) =>
    ops.split(/\s+/).map((op): [string, number] => [op, Number(version)]),
  ),
);

/** The highest version that is known here. */
export const NEWEST = 24;

/** The version since which a standard operator has meant the same; undefined if it is not known here. */
export function sameSince(op: string): number | undefined {
  return since.get(op);
}
