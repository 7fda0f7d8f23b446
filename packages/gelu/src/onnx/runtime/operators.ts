// Written by scripts/onnx/operator-table.mjs, which tried them on the CPU, in onnxruntime-node 1.30.0 and onnxruntime-web 1.30.0: no difference.

/** The standard operators that were tried, by the first opset at which they were. */
export const TRIED: Readonly<Record<number, string>> = {
  7: `Abs Neg Reciprocal Floor Ceil Sqrt Exp Log Relu Sigmoid Tanh Softplus Softsign Sin Cos Tan Asin Acos Atan Elu
    Selu LeakyRelu HardSigmoid PRelu Clip Add Sub Mul Div Pow Equal Less Greater MatMul Gemm Conv ConvTranspose
    AveragePool MaxPool GlobalAveragePool GlobalMaxPool GlobalLpPool LpPool LRN LpNormalization BatchNormalization
    InstanceNormalization Softmax LogSoftmax Hardmax ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2
    ReduceLogSum ReduceLogSumExp ReduceSumSquare ReduceSum ArgMax ArgMin Squeeze Unsqueeze Split Identity
    Transpose Flatten Reshape Concat Tile Slice Pad Gather TopK And Or Xor Not Shape Size Cast Dropout
    DepthToSpace SpaceToDepth Upsample RNN GRU LSTM`,
  8: `Min Max Sum Mean Expand`,
  9: `Sinh Cosh Asinh Acosh Atanh Erf Sign IsNaN Shrink Where MeanVarianceNormalization Compress NonZero OneHot
    EyeLike`,
  10: `IsInf ThresholdedRelu Mod ReverseSequence Resize QuantizeLinear DequantizeLinear`,
  11: `Round GatherElements GatherND ScatterElements ScatterND CumSum Range Unique Det`,
  12: `Celu LessOrEqual GreaterOrEqual Einsum`,
  14: `HardSwish Trilu`,
  15: `CastLike`,
  16: `GridSample`,
  17: `LayerNormalization DFT`,
  18: `Mish GroupNormalization CenterCropPad Col2Im`,
  20: `Gelu Gelu:tanh`,
  23: `RMSNormalization Attention RotaryEmbedding`,
  24: `Swish`,
};

/**
 * Where one does not run at all opsets from its first to 24 with the same bits: by dtype of its input, the ranges of opsets
 * at which it runs, those with other values marked by other letters.
 */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  float32: {
    '9': `Upsample`,
    '11-24': `Equal`,
    '7-18a 19-24b': `AveragePool`,
    '7-21': `GlobalLpPool`,
    '': `And Or Xor Not`,
  },
  float16: {
    '9': `Upsample`,
    '7-17a 18b 19-24a': `Softplus Softsign Selu`,
    '20-24': `IsInf`,
    '': `Celu Range And Or Xor Not`,
    '14-17a 18b 19-24a': `HardSwish`,
    '18a 19-24b': `Mish`,
    '11-24': `Equal`,
    '7-21': `GlobalLpPool`,
    '11-12 14-17 19-24': `MeanVarianceNormalization`,
    '14-24': `CumSum`,
    '19-24': `QuantizeLinear DequantizeLinear`,
  },
  float64: {
    '18': `Softplus Softsign Elu Selu HardSigmoid ThresholdedRelu HardSwish Mish`,
    '': `Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Erf Celu Gelu Mean Conv ConvTranspose AveragePool
    GlobalAveragePool GlobalMaxPool GlobalLpPool LpPool LRN MeanVarianceNormalization InstanceNormalization
    Hardmax NonZero OneHot And Or Xor Not Det Upsample Resize Col2Im RNN GRU LSTM QuantizeLinear DequantizeLinear
    RotaryEmbedding`,
    '16-18': `LeakyRelu PRelu`,
    '12-24': `Clip`,
    '11-24': `Equal`,
    '8-24': `MaxPool`,
    '18-20a 21-24b': `GroupNormalization`,
    '20-24': `GridSample`,
  },
  int32: {
    '9': `Upsample`,
    '10': `Resize`,
    '14-24': `Relu`,
    '16-18': `PRelu`,
    '12-24': `Clip Pow Min Max`,
    '9-24': `Less Greater MatMul Flatten`,
    '11-24': `Pad TopK`,
  },
  int64: {
    '18': `Relu`,
    '16-18': `PRelu`,
    '12-24': `Clip Pow Min Max`,
    '9-24': `Less Greater MatMul Flatten`,
    '11-24': `Pad TopK`,
  },
  bool: {
    '20-24': `ReduceMax ReduceMin`,
    '9-24': `Flatten`,
    '13-24': `Pad`,
  },
};
