// Which inputs and outputs of an operator share a dtype, as ONNX and ONNX Runtime define it. `T > T`: the output has the dtype of
// the input. T, U, V: dtypes; `_`: of any dtype, which tells nothing (shapes, axes, indices, exponents, ratios); i64, bool, …: just
// that; @to: what an attribute says, @dtype|T: or, without it, that of T; * : any number of them;
// <17: of versions below. What is not listed is not known.
const TABLE = `
  T > T: Abs Acos Acosh Asin Asinh Atan Atanh AveragePool Ceil Celu Cos Cosh DepthToSpace Det Elu Erf Exp Flatten Floor
    GlobalAveragePool GlobalLpPool GlobalMaxPool HardSigmoid HardSwish Hardmax Identity LRN LeakyRelu Log LogSoftmax LpNormalization
    LpPool MeanVarianceNormalization Mish Neg Not Reciprocal Relu Round Selu Shrink Sigmoid Sign Sin Sinh Softmax Softplus Softsign
    SpaceToDepth Sqrt Swish Tan Tanh ThresholdedRelu Transpose Gelu BitwiseNot GlobalLpPool
  T _* > T: Reshape Expand ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum
    ReduceSumSquare Squeeze Unsqueeze Slice Tile Trilu Upsample Gather GatherElements GatherND Compress CumSum Pow
    ReverseSequence CenterCropPad Col2Im MaxUnpool GridSample MaxRoiPool RoiAlign DFT Resize AffineGrid
  T T > T: Add Sub Mul Div MatMul Mod PRelu BitShift And Or Xor BitwiseAnd BitwiseOr BitwiseXor
  T T T > T: Conv ConvTranspose Gemm Clip InstanceNormalization GroupNormalization Range
  T* > T: Concat Max Min Mean Sum Einsum
  T T > bool: Equal Greater GreaterOrEqual Less LessOrEqual
  bool T T > T: Where
  _* > bool: IsInf IsNaN
  _* > i64: ArgMax ArgMin NonMaxSuppression NonZero Shape Size
  T _ T > T: Pad Scatter ScatterElements ScatterND NegativeLogLikelihoodLoss
  T _ _ > T*: Split
  T _ > T i64: TopK
  T > T i64 i64 i64: Unique
  T > T i64: MaxPool
  T _ _ > T _: Dropout
  _ _ T > T: OneHot
  T T T > T _ _: LayerNormalization
  <17 T V V > V _ _: LayerNormalization
  T V > V _: RMSNormalization SimplifiedLayerNormalization
  T U U V V > T V V: BatchNormalization
  <15 T T T U U > T U U U U: BatchNormalization
  T T T T _ T > T T: GRU RNN
  T T T T _ T T T > T T T: LSTM
  T _ T > T _: SoftmaxCrossEntropyLoss
  T _ T _ > T: STFT
  _ > @to: Cast
  _ U > U: CastLike
  _* > @output_datatype|f32: HannWindow HammingWindow BlackmanWindow MelWeightMatrix
  T > @dtype|T: EyeLike RandomNormalLike RandomUniformLike Bernoulli
  > @dtype|f32: RandomNormal RandomUniform
  _ > @dtype|i32: Multinomial
  _ > @value|f32: ConstantOfShape
  _* > i32: ConvInteger MatMulInteger
  _ > u8 f32 u8: DynamicQuantizeLinear
  _ _ _ _ _ _ _ T > T: QLinearMatMul QLinearConv
  T T V _ T V > T T V: Attention
  T T T _ > T: RotaryEmbedding
  T T _ > T: TensorScatter
  com.microsoft T > T: Gelu QuickGelu BiasSoftmax Inverse
  com.microsoft T T > T: BiasGelu FastGelu BiasSplitGelu
  com.microsoft T T T > T: FusedMatMul FusedGemm GemmFastGelu TransposeMatMul BiasAdd
  com.microsoft T T T _ _ > T _: BiasDropout
  com.microsoft T _ T _ _ T > T: MatMulNBits
  com.microsoft T T T _ T T _ > T T: Attention DecoderMaskedSelfAttention
  com.microsoft T T T T _ T T T _ _ > T T T: MultiHeadAttention
  com.microsoft T T T T > T: FusedConv NhwcFusedConv
  com.microsoft T* > T: MoE
  com.microsoft T _* > T: QMoE RotaryEmbedding DecoderMaskedMultiHeadAttention PackedAttention MatMulBnb4 GroupNorm SkipGroupNorm
    CropAndResize GridSample
  com.microsoft T _* > T T T: GroupQueryAttention
  com.microsoft T T T T T > T _ _ T: SkipLayerNormalization SkipSimplifiedLayerNormalization
  com.microsoft _ _ T T T T T > T _ T: EmbedLayerNormalization
  com.microsoft T > T _: RemovePadding
  com.microsoft _ _ T T > T: MatMulIntegerToFloat
  com.microsoft _* > f32: DynamicQuantizeMatMul
  com.microsoft T _ T _ T > T: QLinearLeakyRelu QLinearSigmoid
`;

/** One place of a signature. */
export interface Slot {
  /** A letter: a dtype that places share; a number: a dtype; undefined: unknown. */
  is: string | number | undefined;
  /** The attribute that says it. */
  attribute: string | undefined;
  /** It stands for any number of values. */
  many: boolean;
}

export interface Signature {
  inputs: readonly Slot[];
  outputs: readonly Slot[];
}

const FIXED: Readonly<Record<string, number>> = { f32: 1, u8: 2, i32: 6, i64: 7, bool: 9 };

/** By domain and operator: that of versions below some, the lowest first, and that of all others. */
const SIGNATURES = read();

/** The signature of an operator in a version of its domain. */
export function signatureOf(domain: string, op: string, version: number): Signature | undefined {
  const known = SIGNATURES.get(domain)?.get(op);
  if (known !== undefined) for (const { below, signature } of known) if (version < below) return signature;
  return undefined;
}

type Versions = { below: number; signature: Signature }[];

function read(): Map<string, Map<string, Versions>> {
  const signatures = new Map<string, Map<string, Versions>>();
  const lines = TABLE.matchAll(/^ {2}(?:<(\d+) )?(com\.microsoft)? ?(.*?) ?> ?(.*?): ((?:.|\n {4})*)/gm);
  for (const [, below, domain = '', inputs, outputs, ops] of lines) {
    const signature = { inputs: slots(inputs), outputs: slots(outputs) };
    const byOperator = signatures.get(domain) ?? new Map<string, Versions>();
    signatures.set(domain, byOperator);
    for (const op of ops.split(/\s+/)) {
      const known = byOperator.get(op) ?? [];
      byOperator.set(op, known);
      known.push({ below: below === undefined ? Number.POSITIVE_INFINITY : Number(below), signature });
      known.sort((a, b) => a.below - b.below);
    }
  }
  return signatures;
}

function slots(text: string): Slot[] {
  const words = text.split(' ').filter((word) => word !== '');
  return words.map((word) => {
    const [, attribute, name, many] = /^(?:@(\w+)\|?)?([A-Z_]|\w+)?(\*?)$/.exec(word) ?? [];
    const is = name === undefined || name === '_' ? undefined : (FIXED[name] ?? name);
    return { is, attribute, many: many === '*' };
  });
}
