import type { Global } from '../shared/globals.js';

/** WebGPU's classes: of TypeScript's DOM (from 6.0 on) or of `@webgpu/types`; objects in a program that has neither. */
export type GPUBuffer = Global<'GPUBuffer'>;
export type GPUCommandEncoder = Global<'GPUCommandEncoder'>;
export type GPUComputePassEncoder = Global<'GPUComputePassEncoder'>;
export type GPUComputePipeline = Global<'GPUComputePipeline'>;
export type GPUDevice = Global<'GPUDevice'>;

/** What is read of a device's limits. */
export interface GPUSupportedLimits {
  readonly maxBufferSize: number;
  readonly maxStorageBufferBindingSize: number;
  readonly minStorageBufferOffsetAlignment: number;
}
