/** `gelu/onnx`: finds the GELUs in ONNX models and rewrites them. No runtime is needed, and weights are left alone. */
export type { Approximate } from '../activations/gelu/approximate.js';
export type { ActivationChoice } from './choose.js';
export { OnnxFormatError, OnnxRewriteError } from './errors.js';
export { inspectOnnx, type OnnxActivation, type OnnxGelu, type OnnxNotUnderstood, type OnnxReport } from './inspect.js';
export { type OnnxFile, type OnnxInput, openOnnxFile } from './read/input.js';
export { type OnnxRewrite, type RewriteOptions, rewriteOnnx } from './rewrite.js';
export type { OutputDifference } from './runtime/compare.js';
export type { RuntimePlan } from './runtime/plan.js';
export { type OnnxRuntime, type OnnxVerification, type VerifyOptions, verifyOnnx } from './runtime/verify.js';
export type { OnnxTarget } from './targets/wanted.js';
export type { Piece } from './write/edit.js';
