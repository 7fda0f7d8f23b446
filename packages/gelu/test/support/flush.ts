import { InferenceSession } from 'onnxruntime-node';
import { model, node } from './onnx-model.js';

/** Has this thread flush subnormal numbers, as a session of ONNX Runtime does for its whole process: forever. */
export async function flushSubnormals(): Promise<void> {
  const bytes = model({ nodes: [node('Identity', ['x'], 'y')] });
  await InferenceSession.create(bytes, { intraOpNumThreads: 1, extra: { session: { set_denormal_as_zero: '1' } } });
}
