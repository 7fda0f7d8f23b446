import { expect, test } from 'vitest';
import { example, tensor } from './example.js';

test('the example reads as PyTorch prints it', () => {
  expect(example().text).toBe(
    [
      "Layer:  GELU(approximate='none')",
      'Input:  tensor([[-3., -1.,  0.,  1.,  3.]])',
      'Output: tensor([[-0.0040, -0.1587,  0.0000,  0.8413,  2.9960]])',
    ].join('\n'),
  );
});

test('negative zero keeps its sign', () => {
  expect(tensor([[-0, 1.5]])).toBe('tensor([[-0.0000,  1.5000]])');
});
