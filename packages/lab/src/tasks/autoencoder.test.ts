import { expect, test } from 'vitest';
import { take } from '../data/examples.js';
import { loadMnist } from '../data/mnist.js';
import { startEngine } from '../training/engine.js';
import { Trainer } from '../training/trainer.js';
import { autoencoderTask } from './autoencoder.js';

test('learns to give images back through a narrow layer', async () => {
  await startEngine();
  const data = { train: take(loadMnist().train, 64) };
  const task = autoencoderTask(data, { activation: 'gelu', seed: 1, batch: 16, sizes: [784, 32, 6, 32, 784] });
  const trainer = new Trainer(task, { seed: 1, optimizer: { name: 'adamw' } });
  const { loss: before } = await trainer.evaluate('train');
  for (let step = 0; step < 150; step++) await trainer.step(0.003);
  const { loss: after } = await trainer.evaluate('train');
  trainer.dispose();
  task.dispose?.();
  expect(after).toBeLessThan(0.6 * before);
  expect(after).toBeLessThan(0.07);
});
