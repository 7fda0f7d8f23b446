import { gelu } from 'gelu';
import { inspectOnnx } from 'gelu/onnx';
import { expect, test } from 'vitest';
import { gelu as ofSource } from '../../gelu/src/complete.js';
import { inspectOnnx as inspectOfSource } from '../../gelu/src/onnx/index.js';

test('the lab’s tests see the library’s sources, so that a change of them needs no build', () => {
  expect(gelu).toBe(ofSource);
  expect(inspectOnnx).toBe(inspectOfSource);
});
