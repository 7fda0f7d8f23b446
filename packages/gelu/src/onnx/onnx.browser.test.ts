import { expect, test } from 'vitest';
import { inspectOnnx, rewriteOnnx } from './index.js';
import { concat, field } from './write/message.js';

test('a model is read and rewritten in a browser', () => {
  const node = concat([field(1, 'x'), field(2, 'y'), field(4, 'FastGelu'), field(7, 'com.microsoft')]);
  const graph = concat([field(1, node), field(11, field(1, 'x')), field(12, field(1, 'y'))]);
  const model = concat([
    field(1, 9),
    field(7, graph),
    field(8, concat([field(2, 20)])),
    field(8, concat([field(1, 'com.microsoft'), field(2, 1)])),
  ]);
  expect(inspectOnnx(model).gelus).toMatchObject([{ variant: 'tanh', written: 'com.microsoft.FastGelu' }]);
  const { bytes } = rewriteOnnx(model, { to: 'gelu', variant: 'none' });
  expect(inspectOnnx(bytes()).gelus).toMatchObject([{ variant: 'none', written: 'Gelu' }]);
});
