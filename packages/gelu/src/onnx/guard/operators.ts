import { sameSince } from '../opset/opset.js';
import { BFLOAT16_TYPE, DTYPES, FLOAT16_TYPE, FLOAT32, FLOAT64 } from '../read/tensor.js';

// The operators that rewrites write, by the version in which they came and that in which they took bfloat16.
const OPERATORS: Readonly<Record<string, readonly [since: number, bfloat16: number]>> = {
  Abs: [6, 13],
  Add: [7, 13],
  Cast: [6, 13],
  CastLike: [15, 15],
  Clip: [6, 13],
  Constant: [1, 13],
  Div: [7, 13],
  Erf: [9, 13],
  Exp: [6, 13],
  Expand: [8, 13],
  Flatten: [1, 13],
  Floor: [6, 13],
  Gelu: [20, 20],
  HardSigmoid: [6, 22],
  HardSwish: [14, 22],
  Identity: [1, 13],
  Less: [9, 13],
  Log: [6, 13],
  Max: [8, 13],
  Min: [8, 13],
  Mish: [18, 22],
  Mul: [7, 13],
  Neg: [6, 13],
  Pow: [7, 13],
  Reciprocal: [6, 13],
  Relu: [6, 13],
  Reshape: [5, 13],
  Shape: [1, 13],
  Sigmoid: [6, 13],
  Slice: [1, 13],
  Softmax: [1, 13],
  LogSoftmax: [1, 13],
  Hardmax: [1, 13],
  Softplus: [1, 22],
  Sqrt: [6, 13],
  Squeeze: [1, 13],
  Sub: [7, 13],
  Swish: [24, 24],
  Tanh: [6, 13],
  Transpose: [1, 13],
  Unsqueeze: [1, 13],
  Where: [9, 16],
};
const MICROSOFT = new Set(['Gelu', 'FastGelu', 'QuickGelu', 'BiasGelu']);
const FLOATS = new Set([FLOAT32, FLOAT16_TYPE, FLOAT64, BFLOAT16_TYPE]);
/** What takes numbers of any kind. */
const ANY = new Set(
  'Cast CastLike Constant Expand Flatten Identity Reshape Shape Slice Squeeze Transpose Unsqueeze Where Less'.split(
    ' ',
  ),
);

/** Why there is no such operator for a dtype in a version of its domain (0: not imported). Unknown dtypes are not held against it. */
export function operatorProblem(
  domain: string,
  op: string,
  version: number,
  dtype: number | undefined,
): string | undefined {
  const name = domain === '' ? op : `${domain}.${op}`;
  if (version === 0) return `${name} would be used, and the operators of '${domain}' are not imported`;
  if (dtype !== undefined && !FLOATS.has(dtype) && !ANY.has(op))
    return `${name} would be given ${DTYPES[dtype] ?? dtype}`;
  if (domain === 'com.microsoft' && MICROSOFT.has(op)) return undefined;
  const known = domain === '' ? OPERATORS[op] : undefined;
  // Others are what conversions to another opset write.
  const [since, bfloat16] = known ?? [domain === '' ? sameSince(op) : undefined, 0];
  if (since === undefined) return `${name} is not among the operators that are written here`;
  if (version < since) return `${name} would be used at opset ${version}: it came with ${since}`;
  if (dtype === BFLOAT16_TYPE && version < bfloat16) return `${name} takes bfloat16 from opset ${bfloat16} on`;
  return undefined;
}
