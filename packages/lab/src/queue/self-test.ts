import { createHash, type Hash } from 'node:crypto';
import { gelu, geluBackward } from 'gelu';
import { random } from '../numbers/random.js';
import { packageVersion } from '../run/versions.js';
import type { Requirement } from './messages.js';

/** Points at which functions are compared. */
const POINTS = 4096;
const STEPS = 3;
const PIXELS = 784;
const IMAGES = 64;

/** What computes a trial's numbers. */
const PACKAGES = ['gelu-lab', 'gelu', '@jax-js/jax'];

/**
 * What this machine is to a queue: the versions of what computes, and the SHA-256 of what a quick self-test comes to: the
 * engine's `Math` and GELU at points of all magnitudes, forward and backward, and a few steps of training with dropout. Two machines of
 * the same bits give the same trials.
 */
export async function selfTest(): Promise<Requirement> {
  const hash = createHash('sha256');
  const points = Float64Array.from(
    { length: POINTS },
    (_, i) => (i % 2 === 0 ? 1 : -1) * 2 ** ((i - POINTS / 2) / 512) * 1.7,
  );
  addMath(hash, points);
  for (const approximate of ['none', 'tanh'] as const)
    for (const x of [points, Float32Array.from(points)])
      for (const y of [gelu(x, { approximate }), geluBackward(x, x, { approximate })]) add(hash, y);
  await addTraining(hash);
  return { version: PACKAGES.map((name) => `${name} ${packageVersion(name)}`).join(', '), bits: hash.digest('hex') };
}

function addMath(hash: Hash, points: Float64Array): void {
  const { exp, expm1, log, log1p, sin, cos, tanh, pow, sqrt, cbrt, atan } = Math;
  for (const f of [exp, expm1, sin, cos, tanh, cbrt, atan]) add(hash, points.map(f));
  for (const f of [log, log1p, sqrt])
    add(
      hash,
      points.map((x) => f(Math.abs(x))),
    );
  add(
    hash,
    points.map((x) => pow(Math.abs(x), 0.3)),
  );
}

/** The engine of the training: products, sums, the optimizer, random bits. */
async function addTraining(hash: Hash): Promise<void> {
  const [{ mnistClassifier }, { startEngine }, { Trainer }] = await Promise.all([
    import('../tasks/mnist.js'),
    import('../training/engine.js'),
    import('../training/trainer.js'),
  ]);
  const { uniform } = random(1, 'self-test');
  const train = {
    count: IMAGES,
    images: Float32Array.from({ length: IMAGES * PIXELS }, uniform),
    labels: Uint8Array.from({ length: IMAGES }, (_, i) => i % 10),
  };
  await startEngine();
  const shape = { width: 16, hidden: 2, classes: 10, inputs: PIXELS };
  const task = mnistClassifier({ train }, { activation: 'gelu', seed: 1, batch: 16, keep: 0.5, shape });
  const trainer = new Trainer(task, { seed: 1, optimizer: { name: 'adamw' } });
  try {
    for (let i = 0; i < STEPS; i++) await trainer.step(1e-2);
    const { parameters } = await trainer.state();
    for (const name of Object.keys(parameters).sort()) add(hash, parameters[name].values as Float32Array);
  } finally {
    trainer.dispose();
    task.dispose?.();
  }
}

/** NaN has many bits, of which none is promised. */
function add(hash: Hash, values: Float32Array | Float64Array): void {
  const own = values.map((x) => x);
  for (let i = 0; i < own.length; i++) if (Number.isNaN(own[i])) own[i] = Number.NaN;
  hash.update(new Uint8Array(own.buffer));
}
