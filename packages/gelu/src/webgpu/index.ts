/** `gelu/webgpu`: GELU and its family on WebGPU, in browsers and in Node. */
export { GeluRangeError, GeluStateError, GeluTypeError } from '../shared/errors.js';
export type { GPUArray } from './arrays.js';
export type { GPUEncoder } from './encode.js';
export type { GPUGatedCallOptions } from './gated-arrays.js';
export type { GPUHalves } from './gated-operands.js';
export { createGeluGPU, type GeluGPU, type GPUActivationOptions } from './gpu.js';
export type { GPUActivation, GPUCallOptions } from './gpu-activation.js';
export type { GPUGatedBackwardOperands, GPUGatedOperands, GPUGatedUnit } from './gpu-gated.js';
export type { GPUOperand } from './operand.js';
export type { GPUDType } from './shader.js';
