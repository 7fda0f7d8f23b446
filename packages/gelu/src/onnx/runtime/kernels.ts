// Written by scripts/onnx/kernel-table.mjs, from the graphs that the optimizer of onnxruntime-node 1.30.0 leaves.

/** From an opset to another, the operators that are left, and run. */
export type KernelRange = readonly [from: number, to: number, operators: string];

/**
 * What ONNX Runtime's CPU makes of a node that is an activation, by dtype, at opsets 7 to 24: itself, where there is a kernel;
 * its parts, where there is none; nothing, the model being refused, where no range has the opset.
 */
export const KERNELS: Readonly<Record<string, Readonly<Record<string, readonly KernelRange[]>>>> = {
  Gelu: {
    float32: [[20, 24, 'Gelu']],
    float16: [[20, 24, 'Cast Mul Sqrt Div Erf Sum Mul Cast']],
    float64: [],
  },
  'Gelu:tanh': {
    float32: [[20, 24, 'Gelu']],
    float16: [[20, 24, 'Cast Mul Pow Mul Sum Sqrt Mul Tanh Sum Mul Cast']],
    float64: [[20, 24, 'Cast Mul Cast Cast Cast Pow Mul Sum Cast Sqrt Mul Tanh Sum Mul']],
  },
  Swish: {
    float32: [[24, 24, 'Cast Mul Sigmoid Mul']],
    float16: [[24, 24, 'Cast Mul Sigmoid Mul Cast']],
    float64: [[24, 24, 'Cast Mul Sigmoid Mul']],
  },
  HardSwish: {
    float32: [[14, 24, 'HardSigmoid Mul']],
    float16: [
      [14, 17, 'Cast HardSigmoid Mul Cast'],
      [18, 18, 'Cast Cast Mul Add Cast Cast Min Max Cast Mul Cast'],
      [19, 24, 'Cast HardSigmoid Mul Cast'],
    ],
    float64: [[18, 18, 'Cast Cast Cast Cast Mul Add Min Max Mul']],
  },
  Mish: {
    float32: [[18, 24, 'Softplus Tanh Mul']],
    float16: [
      [18, 18, 'Cast Exp Add Log Tanh Mul Cast'],
      [19, 24, 'Cast Softplus Tanh Mul Cast'],
    ],
    float64: [[18, 18, 'Cast Exp Add Log Tanh Mul']],
  },
  'com.microsoft.Gelu': {
    float32: [[7, 24, 'com.microsoft.Gelu']],
    float16: [[9, 24, 'Cast Mul Erf Add Mul Mul Cast']],
    float64: [],
  },
  'com.microsoft.FastGelu': {
    float32: [[7, 24, 'com.microsoft.FastGelu']],
    float16: [[7, 24, 'Cast Mul Mul Add Mul Tanh Add Mul Mul Cast']],
    float64: [[7, 24, 'Mul Mul Add Mul Tanh Add Mul Mul']],
  },
  'com.microsoft.QuickGelu': {
    float32: [[7, 24, 'com.microsoft.QuickGelu']],
    float16: [[7, 24, 'Cast com.microsoft.QuickGelu Cast']],
    float64: [],
  },
  'com.microsoft.BiasGelu': {
    float32: [[7, 24, 'com.microsoft.BiasGelu']],
    float16: [[7, 24, 'Cast com.microsoft.BiasGelu Cast']],
    float64: [],
  },
  'com.microsoft.BiasSplitGelu': {
    float32: [],
    float16: [],
    float64: [],
  },
  'com.microsoft.GemmFastGelu': {
    float32: [],
    float16: [],
    float64: [],
  },
};
