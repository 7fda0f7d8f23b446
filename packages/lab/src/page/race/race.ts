import { activationsNamed } from '../../console/activation-spec.js';
import { random } from '../../numbers/random.js';
import { type Points, points, type Shape } from './data.js';
import { Network } from './network.js';

export interface RaceInput {
  specs: readonly string[];
  shape: Shape;
  noise: number;
  layers: number;
  width: number;
  rate: number;
  seed: number;
  /** Points of one's own, [x, y, class] each, after those of the shape. */
  extra?: readonly (readonly [number, number, number])[];
}

export const COUNT = 240;
export const BATCH = 32;

/** Networks with different activations, from the same weights, on the same batches. */
export class Race {
  readonly input: RaceInput;
  readonly train: Points;
  readonly test: Points;
  readonly networks: Network[];
  step = 0;
  /** The gradients' sizes in the last step, by network and layer. */
  gradients: number[][] = [];

  constructor(input: RaceInput) {
    this.input = input;
    const { specs, shape, noise, layers, width, seed, extra = [] } = input;
    this.train = joined(points(shape, COUNT, noise, seed), extra);
    this.test = points(shape, COUNT, noise, seed + 1_000_003);
    const hidden = new Array<number>(layers).fill(width);
    this.networks = activationsNamed(specs.join(',')).map(
      ({ bound }) => new Network({ hidden, activation: bound, seed }),
    );
  }

  /** One step of each network on the same batch. */
  advance(rate: number = this.input.rate): void {
    const { x, y } = this.train;
    const { uniform } = random(this.input.seed, 'race batch', this.step);
    const [bx, by] = [new Float32Array(2 * BATCH), new Uint8Array(BATCH)];
    for (let i = 0; i < BATCH; i++) {
      const at = Math.floor(uniform() * y.length);
      bx.set(x.subarray(2 * at, 2 * at + 2), 2 * i);
      by[i] = y[at];
    }
    this.gradients = this.networks.map((network) => network.train(bx, by, rate));
    this.step++;
  }
}

function joined({ x, y }: Points, extra: NonNullable<RaceInput['extra']>): Points {
  if (extra.length === 0) return { x, y };
  return {
    x: Float32Array.of(...x, ...extra.flatMap(([px, py]) => [px, py] as const)),
    y: Uint8Array.of(...y, ...extra.map(([, , one]) => one)),
  };
}

/** How sure it is that one is better than the other, from wins among decided seeds: the interval of Wilson, 95 %. */
export function winInterval(wins: number, decided: number): [number, number] {
  if (decided === 0) return [0, 1];
  const z = 1.959964;
  const share = wins / decided;
  const middle = (share + (z * z) / (2 * decided)) / (1 + (z * z) / decided);
  const half =
    (z / (1 + (z * z) / decided)) * Math.sqrt((share * (1 - share)) / decided + (z * z) / (4 * decided * decided));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
