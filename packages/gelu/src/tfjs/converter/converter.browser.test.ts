import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { testPoints, worstError } from '../../../test/support/errors.js';
import { GPU } from '../../../test/support/gpu-accuracy.js';
import { artifacts, PATTERNS, patternGraph } from '../../../test/support/graph-model.js';
import { activation } from '../../activations/index.js';
import { loadGraphModel } from './index.js';

describe.each(['webgl', 'webgpu'])('on the backend %s', (backend) => {
  beforeAll(async () => {
    tf.enableProdMode();
    expect(await tf.setBackend(backend)).toBe(true);
  });

  it.each(PATTERNS.map((p) => [p.title, p] as const))('%s: the function itself', async (_, pattern) => {
    const { graph, y } = patternGraph(pattern.build);
    const model = await loadGraphModel(tf.io.fromMemory(artifacts(graph, [y])));
    const points = testPoints().filter((_, i, all) => i % 17 === 0 || i > all.length - 16);
    const result = model.predict(tf.tensor1d(points)) as tf.Tensor;
    const bound = activation(pattern.activation, pattern.parameters);
    const { worst } = worstError(bound, 0, points, (await result.data()) as Float32Array, GPU);
    expect(worst).toBeLessThanOrEqual(6);
    model.dispose();
  });
});
