import type { TensorInfo } from '@tensorflow/tfjs-core';
import { composed } from './composed.js';
import type { Inputs, Work } from './kernels.js';
import { shader, UNIFORM } from './shaders.js';

/** What is used of the backend 'webgpu'. */
interface WebGPU {
  runWebGPUProgram(program: object, inputs: TensorInfo[], dtype: 'float32', uniforms: object[]): TensorInfo;
}

const WORKGROUP = 128;

/** The kernels of the backend 'webgpu': a compute shader, an element for each invocation. */
export function webgpuKernel({ x, dy }: Inputs, work: Work, backend: unknown): TensorInfo {
  const made = shader(work.target, work.order, 'wgsl');
  if (made === undefined) return composed({ x, dy }, work);
  const { text, id, constants } = made;
  const groups = Array.from({ length: Math.ceil(constants.length / 4) }, (_, i) =>
    Array.from({ length: 4 }, (_, k) => constants[4 * i + k] ?? 0),
  );
  const value = 'activation(getXByOutputIndex(index))';
  const program = {
    variableNames: dy ? ['X', 'Dy'] : ['X'],
    outputShape: x.shape,
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: x.shape.map((_, i) => i) },
    dispatch: [Math.ceil(x.size / WORKGROUP), 1, 1],
    size: true,
    uniforms: groups.map((_, i) => ` ${UNIFORM}${i} : vec4<f32>,`).join(''),
    shaderKey: `gelu ${id}${dy ? ' gradient' : ''}`,
    getUserCode: () => `${text}
fn main(index: i32) {
  if (index < uniforms.size) {
    setOutputAtIndex(index, ${dy ? `getDyByOutputIndex(index) * ${value}` : value});
  }
}`,
  };
  return (backend as WebGPU).runWebGPUProgram(
    program,
    dy ? [x, dy] : [x],
    'float32',
    groups.map((data) => ({ type: 'float32', data })),
  );
}
