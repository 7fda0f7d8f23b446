import { expect, test } from 'vitest';
import { stale } from '../scripts/generate.mjs';

test('what is generated from the activations is current: npm run generate', async () => {
  expect((await stale()).map(([path]) => path)).toEqual([]);
});
