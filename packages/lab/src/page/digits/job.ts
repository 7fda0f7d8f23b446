import { type Examples, PIXELS } from '../../data/examples.js';
import { startEngine } from '../../training/engine.js';
import { diverged, Trainer } from '../../training/trainer.js';
import type { Port } from '../work/types.js';
import { digest } from './digest.js';
import { unpackDigits } from './images.js';
import { digitsTask, type NetworkChoice, type Reading, reader } from './network.js';

export interface DigitsInput {
  /** As `packDigits` gives them. */
  images: Uint8Array;
}

/** What the page says to the worker. */
export type DigitsOrder =
  | { begin: NetworkChoice }
  | { go: boolean; rate: number }
  | { steps: number; rate: number }
  /** An image to be read now and whenever the network has changed. */
  | { image: Float32Array }
  /** One of the held-out images. */
  | { show: number };

/** What the worker says; each message has some of it. */
export interface DigitsOutput {
  /** The share of the images that are unpacked. */
  unpacked?: number;
  /** After a step: of the batch before it. */
  step?: { step: number; loss: number };
  /** On the images held out. */
  score?: { step: number; accuracy: number; loss: number; digest: string } | undefined;
  reading?: Reading;
  shown?: { image: Float32Array; label: number };
  /** Training has failed: its loss is no number any more. */
  diverged?: boolean;
}

/** Steps from one evaluation to the next. */
export const EVERY = 25;
/** Milliseconds from one reading to the next while it learns. */
const PAUSE = 150;

/** Trains on the digits as it is told, and reads what is drawn. */
export async function digitsJob({ images }: DigitsInput, { post, listen }: Port): Promise<void> {
  const say = (output: DigitsOutput): void => post(output);
  const data = unpackDigits(images, (unpacked) => say({ unpacked }));
  await startEngine();
  let [wanted, go, steps, rate]: [NetworkChoice | undefined, boolean, number, number] = [undefined, false, 0, 1e-3];
  let image: Float32Array | undefined;
  let wake = (): void => {};
  listen((message) => {
    const order = message as DigitsOrder;
    if ('begin' in order) [wanted, steps] = [order.begin, 0];
    else if ('go' in order) ({ go, rate } = order);
    else if ('steps' in order) ({ rate, steps } = { rate: order.rate, steps: steps + order.steps });
    else if ('show' in order) say({ shown: held(data.test, order.show) });
    else image = order.image;
    wake();
  });
  let running: ReturnType<typeof begin> | undefined;
  // What was read last, after which step and when.
  let last: { image: Float32Array | undefined; step: number; at: number } = { image: undefined, step: -1, at: 0 };
  for (;;) {
    if (wanted) {
      running?.end();
      running = begin(data, wanted);
      wanted = undefined;
      last = { image: undefined, step: -1, at: 0 };
      say({ score: await score(running.trainer) });
    }
    const learns = (): boolean => running !== undefined && (go || steps > 0);
    if (running && learns()) {
      const result = await running.trainer.step(rate);
      const step = running.trainer.steps;
      steps = Math.max(0, steps - 1);
      say({ step: { step, loss: result.loss } });
      if (step % EVERY === 0) say({ score: await score(running.trainer) });
      if (diverged(result)) {
        [go, steps] = [false, 0];
        say({ diverged: true });
      }
    }
    const stale = (): boolean =>
      running !== undefined && image !== undefined && (image !== last.image || running.trainer.steps !== last.step);
    if (stale() && (image !== last.image || !learns() || performance.now() - last.at > PAUSE)) {
      const { trainer, reads } = running!;
      const now = { image, step: trainer.steps, at: performance.now() };
      say({ reading: await reads.read(trainer.parameters, now.image!) });
      last = now;
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (wanted || learns() || stale()) setTimeout(resolve, 0);
    });
  }
}

async function score(trainer: Trainer): Promise<DigitsOutput['score']> {
  const { error, loss } = await trainer.evaluate('test');
  const { parameters } = await trainer.state();
  return { step: trainer.steps, accuracy: 1 - error, loss, digest: digest(parameters) };
}

function begin(data: Parameters<typeof digitsTask>[0], choice: NetworkChoice) {
  const task = digitsTask(data, choice);
  const trainer = new Trainer(task, { seed: choice.seed, optimizer: { name: 'adamw' } });
  const reads = reader(choice);
  return {
    trainer,
    reads,
    end: () => {
      reads.dispose();
      trainer.dispose();
      task.dispose?.();
    },
  };
}

function held({ images, labels, count }: Examples, i: number): { image: Float32Array; label: number } {
  const at = i % count;
  return { image: images.slice(at * PIXELS, (at + 1) * PIXELS), label: labels[at] };
}
