import { type Numbers, numbers, rounded } from './format.js';
import type { FunctionName } from './functions.js';
import type { Target } from './target.js';

/** A number whose result depends on where it stands, or on what stands beside it. */
export interface Placement {
  /** How many of the probes do. */
  differing: number;
  probes: number;
  example: { x: number; among: number; otherwise: number; how: string };
}

/** Where activations bend, and where runtimes take other ways. */
const PROBES = [-30, -12.5, -6.3, -5.1, -3.7, -2.2, -1.3, -0.75, -0.31, -0.1, -1e-3, -1e-6, 1e-6, 1e-3, 0.1, 0.31];
const MORE = [-5.55, -5.02, -4.89, -4.4, 0.75, 1.3, 2.2, 3.7, 5.1, 6.3, 12.5, 30, 44, 87, 88.5, 100];
/** Lengths at which vectors leave a rest, and one at which none do. */
const LENGTHS = [61, 67, 128];
/** Arrays of one number. */
const EQUAL = [1, 7, 128, 1000];

/**
 * Whether the same number gives the same bits wherever it stands in an array, whatever its neighbours are, and in arrays of
 * nothing else. null: it does.
 */
export async function placementOf(target: Target, name: FunctionName, quick: boolean): Promise<Placement | null> {
  const probes = [...PROBES, ...MORE].map((x) => rounded(x, target.format));
  const call = (x: Numbers): Promise<Numbers> => target.evaluate(name, x, 0);
  const array = (length: number, at: (i: number) => number): Numbers => {
    const x = numbers(target.format, length);
    for (let i = 0; i < length; i++) x[i] = at(i);
    return x;
  };
  const base = await call(array(LENGTHS[2], (i) => probes[i % probes.length]));
  const differing = new Map<number, Placement['example']>();
  const compare = (i: number, otherwise: number, how: string): void => {
    const among = base[i];
    if (!Object.is(among, otherwise) && !differing.has(i)) differing.set(i, { x: probes[i], among, otherwise, how });
  };
  for (const length of LENGTHS)
    for (const step of [1, -1]) {
      const place = (i: number): number => (((step * i) % probes.length) + probes.length + 5) % probes.length;
      const y = await call(array(length, (i) => probes[place(i)]));
      for (let i = 0; i < length; i++) compare(place(i), y[i], `element ${i + 1} of ${length}`);
    }
  for (const length of EQUAL) {
    const tried = quick ? 4 : probes.length;
    for (let k = 0; k < tried; k++) {
      const i = quick ? [3, 11, 20, 26][k] : k;
      const y = await call(array(length, () => probes[i]));
      for (const other of [y[0], y[length - 1]]) compare(i, other, length === 1 ? 'alone' : `${length} times itself`);
    }
  }
  const [example] = differing.values();
  return example === undefined ? null : { differing: differing.size, probes: probes.length, example };
}
