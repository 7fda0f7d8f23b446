import type { DataId, TensorInfo, TypedArray } from '@tensorflow/tfjs-core';
import { compute, type Inputs, type Work } from './kernels.js';

/** What is used of the backend 'cpu'. */
interface Cpu {
  readonly data: { get(id: DataId): { readonly values: TypedArray } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/** The kernels of the backend 'cpu': this library's, on the tensors' own arrays. */
export function cpuKernel({ x, dy }: Inputs, work: Work, backend: unknown): TensorInfo {
  const { data, makeTensorInfo } = backend as Cpu;
  const values = ({ dataId }: TensorInfo): Float32Array => {
    const array = data.get(dataId).values;
    return array instanceof Float32Array ? array : Float32Array.from(array);
  };
  const input = values(x);
  const out = new Float32Array(input.length);
  compute(work, input, out, dy && values(dy));
  return makeTensorInfo.call(backend, x.shape, 'float32', out);
}
