import { APPROXIMATE } from '../../activations/gelu/approximate.js';
import { activation } from '../../activations/index.js';
import type { ParameterValues } from '../../activations/model/parameters.js';
import { POINTS } from './evaluate.js';

/** A function of this library, and by how much what was written differs from it at the points. */
export interface Identity {
  readonly activation: string;
  readonly parameters: ParameterValues;
  readonly difference: number;
}

interface Candidate {
  readonly activation: string;
  readonly parameters: ParameterValues;
  readonly at: readonly number[];
}

function candidate(name: string, parameters: ParameterValues = {}): Candidate {
  const { evaluate } = activation(name, parameters);
  return { activation: name, parameters, at: POINTS.map((x) => evaluate(0, x)) };
}

let fixed: readonly Candidate[] | undefined;
const candidates = (): readonly Candidate[] =>
  (fixed ??= [
    ...APPROXIMATE.map((approximate) => candidate('gelu', { approximate })),
    ...['silu', 'mish', 'hardswish'].map((name) => candidate(name)),
  ]);

/**
 * How far what is written may be from the function that is meant: constants are written with 4 digits, or kept as float16. The forms
 * of GELU are 5 times as far from each other.
 */
const TOLERANCE = 1e-4;
/** For a σ(beta·x) whose beta is read from the function itself. */
const FITTED = 1e-6;

const difference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((y, i) => Math.abs(y - b[i]) / Math.max(1, Math.abs(POINTS[i]) / 4)));

/** Which activation a function is, by its results at the points; undefined for none. */
export function identify(at: readonly number[]): Identity | undefined {
  if (!at.every(Number.isFinite)) return undefined;
  const ranked = candidates()
    .map((c) => ({ activation: c.activation, parameters: c.parameters, difference: difference(at, c.at) }))
    .sort((a, b) => a.difference - b.difference);
  if (ranked[0].difference <= TOLERANCE) return ranked[0];
  const gate = at[POINTS.indexOf(1)];
  const beta = Number(Math.log(gate / (1 - gate)).toPrecision(7));
  if (!(beta > 0 && beta < 100)) return undefined;
  const fitted = candidate('silu', { beta });
  const off = difference(at, fitted.at);
  return off <= FITTED ? { activation: 'silu', parameters: { beta }, difference: off } : undefined;
}
