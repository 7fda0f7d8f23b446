import { activationNamed } from '../../console/activation-spec.js';
import type { Port } from '../work/types.js';
import { Race, type RaceInput } from './race.js';

/** What one network is like at a step. */
export interface Lane {
  loss: number;
  accuracy: number;
  testAccuracy: number;
  gradients: number[];
  dead: Uint8Array[];
  /** Logits on a grid of MAP × MAP points over [−1.2, 1.2]², from the upper left. */
  map: Float32Array;
}

export interface RaceOutput {
  step: number;
  lanes: Lane[];
  x: Float32Array;
  y: Uint8Array;
}

/** What the page says to a running race. */
export type RaceOrder =
  | { go: boolean; speed: number; rate: number }
  | { steps: number; rate: number }
  | { lane: number; spec: string };

export const MAP = 44;
export const REACH = 1.2;

/** The points at which a decision map is drawn. */
export function mapPoints(size: number): Float32Array {
  const x = new Float32Array(2 * size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      x[2 * (i * size + j)] = REACH * ((2 * (j + 0.5)) / size - 1);
      x[2 * (i * size + j) + 1] = REACH * (1 - (2 * (i + 0.5)) / size);
    }
  return x;
}

/** Runs a race in slices, as it is told, and shows where it stands. */
export function raceJob(input: RaceInput, { post, listen }: Port): void {
  const race = new Race(input);
  const grid = mapPoints(MAP);
  let order: { go: boolean; speed: number; rate: number } = { go: false, speed: 1, rate: input.rate };
  let waiting = false;
  const show = (): void => {
    const { train, test } = race;
    const lanes = race.networks.map((network, i): Lane => {
      const { loss, accuracy } = network.score(train.x, train.y);
      const testAccuracy = network.score(test.x, test.y).accuracy;
      const dead = network.dead(train.x);
      return { loss, accuracy, testAccuracy, gradients: race.gradients[i] ?? [], dead, map: network.forward(grid) };
    });
    post({ step: race.step, lanes, x: train.x, y: train.y } satisfies RaceOutput);
  };
  const slice = (): void => {
    waiting = false;
    if (!order.go) return;
    for (let i = 0; i < order.speed; i++) race.advance(order.rate);
    show();
    waiting = true;
    setTimeout(slice, 30);
  };
  show();
  listen((message) => {
    const said = message as RaceOrder;
    if ('steps' in said) {
      for (let i = 0; i < said.steps; i++) race.advance(said.rate);
      show();
    } else if ('lane' in said) {
      race.networks[said.lane]?.use(activationNamed(said.spec).bound);
      show();
    } else {
      order = said;
      if (order.go && !waiting) slice();
    }
  });
}

export interface SeedsInput extends RaceInput {
  seeds: number;
  steps: number;
}

/** One seed: for each activation its loss on points that were not seen, and a small map. */
export interface SeedResult {
  seed: number;
  losses: number[];
  accuracies: number[];
  maps: Float32Array[];
}

export const SMALL = 16;

/** The same race from several seeds, one after the other. */
export function seedsJob({ seeds, steps, ...input }: SeedsInput, { post }: Port): void {
  const grid = mapPoints(SMALL);
  const results: SeedResult[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const race = new Race({ ...input, seed });
    for (let i = 0; i < steps; i++) race.advance();
    const scores = race.networks.map((network) => network.score(race.test.x, race.test.y));
    const maps = race.networks.map((network) => network.forward(grid).slice());
    results.push({
      seed,
      losses: scores.map(({ loss }) => loss),
      accuracies: scores.map(({ accuracy }) => accuracy),
      maps,
    });
    post(results);
  }
}
