import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { complaints, IN_BROWSER } from './support/features.js';
import { tensorflow } from './support/features-tensorflow.js';

test.each(IN_BROWSER)('%s is as accurate as FEATURES.md says', async (row) => {
  expect(await tf.setBackend(row.split(' ')[1])).toBe(true);
  expect(await complaints(row, tensorflow)).toEqual([]);
});
