import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { composed } from './composed.js';
import type { Inputs, Work } from './kernels.js';
import { shader, UNIFORM } from './shaders.js';

/** What is used of the backend 'webgl'. */
interface WebGL {
  compileAndRun(program: object, inputs: TensorInfo[], dtype: 'float32', uniforms: number[][]): TensorInfo;
}

/** The kernels of the backend 'webgl': a fragment shader, the same text as on WebGPU. WebGL 1 has no integers for it. */
export function webglKernel({ x, dy }: Inputs, work: Work, backend: unknown): TensorInfo {
  const made = shader(work.target, work.order, 'glsl');
  if (made === undefined || tf.env().getNumber('WEBGL_VERSION') < 2) return composed({ x, dy }, work);
  const { text, constants } = made;
  const value = 'activation(getXAtOutCoords())';
  const program = {
    variableNames: dy ? ['X', 'Dy'] : ['X'],
    outputShape: x.shape,
    customUniforms: constants.length > 0 ? [{ name: UNIFORM, type: 'float', arrayIndex: constants.length }] : [],
    userCode: `${text}\nvoid main() { setOutput(${dy ? `getDyAtOutCoords() * ${value}` : value}); }`,
  };
  return (backend as WebGL).compileAndRun(
    program,
    dy ? [x, dy] : [x],
    'float32',
    constants.length > 0 ? [[...constants]] : [],
  );
}
