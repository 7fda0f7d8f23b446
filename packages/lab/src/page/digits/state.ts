import { type Signal, signal } from '@preact/signals';
import { digitsRate, digitsSeed, learner, net } from '../state/state.js';
import { type Running, startJob } from '../work/start.js';
import { centred, SIDE } from './drawing.js';
import { IMAGES, PROGRAM } from './ids.js';
import type { DigitsOrder, DigitsOutput } from './job.js';
import type { NetworkChoice, Reading } from './network.js';

export const playing: Signal<boolean> = signal(false);
/** Whether the worker was begun, and the share of the images that it has unpacked. */
export const awake: Signal<boolean> = signal(false);
export const unpacked: Signal<number> = signal(0);
export const problem: Signal<string> = signal('');
export const reading: Signal<Reading | undefined> = signal(undefined);
export const drawing: Signal<Float32Array> = signal(new Float32Array(SIDE * SIDE));
/** Of a held-out image that is shown. */
export const label: Signal<number | undefined> = signal(undefined);
/** What each step lost, and what evaluations found. */
export const trail: Signal<{ steps: number[]; losses: number[]; scores: NonNullable<DigitsOutput['score']>[] }> =
  signal({ steps: [], losses: [], scores: [] });

let running: Running | undefined;
let shown = 0;

const say = (order: DigitsOrder): void => running?.send(order);
const choice = (): NetworkChoice => ({ net: net.peek(), activation: learner.peek()[0], seed: digitsSeed.peek() });

/** The worker begins with the first thing that is asked of it, unpacks the images once, and stays. */
function wake(): void {
  if (running) return;
  awake.value = true;
  const text = document.getElementById(IMAGES)?.textContent ?? '';
  const images = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const fail = (message: string): void => {
    problem.value = message;
    playing.value = false;
    running = undefined;
    awake.value = false;
  };
  running = startJob<DigitsOutput>('digits', { images }, { part: take, problem: fail }, PROGRAM);
  say({ begin: choice() });
}

function take({ unpacked: share, step, score, reading: read, shown: held, diverged }: DigitsOutput): void {
  if (share !== undefined) unpacked.value = share;
  const { steps, losses, scores } = trail.peek();
  if (step) trail.value = { steps: [...steps, step.step], losses: [...losses, step.loss], scores };
  if (score) trail.value = { steps, losses, scores: [...scores, score] };
  if (read) reading.value = read;
  if (held) {
    drawing.value = held.image;
    label.value = held.label;
    say({ image: held.image });
  }
  if (diverged) {
    playing.value = false;
    problem.value = 'The loss is no number any more: begin again with a smaller learning rate.';
  }
}

/** Begins anew, with fresh weights. */
export function begin(): void {
  trail.value = { steps: [], losses: [], scores: [] };
  reading.value = undefined;
  problem.value = '';
  say({ begin: choice() });
  tell();
}

/** Learning or not, and the rate. */
export function tell(): void {
  if (playing.peek()) wake();
  say({ go: playing.peek(), rate: digitsRate.peek() });
}

export function stepOnce(): void {
  wake();
  say({ steps: 1, rate: digitsRate.peek() });
}

/** What was drawn, for the network to read; as MNIST would have it. */
export function draw(next: Float32Array): void {
  wake();
  drawing.value = next;
  label.value = undefined;
  say({ image: centred(next) });
}

/** Another image that nobody has learned from. */
export function showNext(): void {
  wake();
  say({ show: shown++ });
}
