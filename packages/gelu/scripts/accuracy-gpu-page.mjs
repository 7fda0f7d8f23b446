// What accuracy-gpu-chromium.mjs runs in a page.
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { activation } from '../dist/tfjs/index.js';
import { measure } from './gpu-judge.mjs';

globalThis.measureActivations = async (backend, draws, wanted) => {
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`no backend '${backend}' in this browser`);
  const lines = [];
  const run = async ({ definition, parameters }, order, x) => {
    const op = (t) => activation(definition.name, t, parameters);
    const input = tf.tensor1d(x);
    const y = order === 0 ? op(input) : tf.grad(op)(input);
    const result = await y.data();
    tf.dispose([input, y]);
    return result;
  };
  await measure(draws, run, (line) => lines.push(line), wanted);
  return { name: await adapterName(backend), lines };
};

async function adapterName(backend) {
  if (backend === 'webgpu') {
    const { vendor, architecture, description } = (await navigator.gpu.requestAdapter()).info;
    return [vendor, architecture, description].filter((word) => word).join(' ');
  }
  const { gl } = tf.backend().gpgpu;
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
}
