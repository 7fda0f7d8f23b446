import { type Activation, activation, activationFunction } from 'gelu';
import { ulp } from 'gelu/numerics';
import { testPoints } from '../../implementations/points.js';

/** How well and how fast the float32 functions of an activation do, at their default parameters. */
export interface Measured {
  /** The worst error of the function and of its derivative against float64, in float32 ULP. */
  valueUlp: number;
  derivativeUlp: number;
  /** Time of a forward pass relative to GELU's in the same run. */
  relativeTime: number;
}

const POINTS = 65536;
const ELEMENTS = 1 << 18;
const ROUNDS = 9;

/** Measures each of `definitions`; their turns alternate with GELU's, so that the machine's load meets both. */
export function measure(definitions: readonly Activation[]): Map<Activation, Measured> {
  const points = testPoints(POINTS, 1);
  const input = Float32Array.from({ length: ELEMENTS }, (_, i) => Math.sin(i * 12.9898) * 5);
  const out = new Float32Array(ELEMENTS);
  const gelu = activationFunction(activation('gelu').definition);
  const measured = new Map<Activation, Measured>();
  for (const definition of definitions) {
    const f = activationFunction(definition);
    const { evaluate } = activation(definition.name);
    const time = (run: typeof f): number => {
      const start = performance.now();
      run(input, { out });
      return performance.now() - start;
    };
    const [own, reference] = [f, gelu].map((run) => {
      time(run);
      return { run, least: Infinity };
    });
    for (let round = 0; round < ROUNDS; round++)
      for (const turn of [own, reference]) turn.least = Math.min(turn.least, time(turn.run));
    measured.set(definition, {
      valueUlp: worst(points, f(points), (x) => evaluate(0, x)),
      derivativeUlp: worst(points, f.derivative(points), (x) => evaluate(1, x)),
      relativeTime: own.least / reference.least,
    });
  }
  return measured;
}

function worst(x: Float32Array, y: Float32Array, exact: (x: number) => number): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const reference = exact(x[i]);
    if (Math.abs(reference) > 3.4028234663852886e38) continue; // an overflow that is due is no error
    const units = Math.abs(y[i] - reference) / ulp(reference, 'float32');
    if (!(units <= largest)) largest = units;
  }
  return largest;
}
