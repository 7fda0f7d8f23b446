import { type Numbers, rounded, smallestNormal } from './format.js';
import { beyondRange, type Contradiction, lopsided, stepsBackward } from './order.js';
import type { Reference } from './reference.js';
import type { Order } from './target.js';

/** What comes out at an input, and what should. */
export interface Wrong {
  x: number;
  got: number;
  due: number;
}

/** How often something is wrong; the input nearest to 0 at which it is, and the one farthest from 0. */
export interface Count extends Wrong {
  count: number;
  last: number;
}

/** What was found of a function (order 0) or a derivative. */
export interface Found {
  /** Inputs that were tried. */
  points: number;
  /** The largest error where the exact result is a normal number, in units in its last place; ∞ for NaN. */
  worst: (Wrong & { ulp: number }) | null;
  /** The largest |result − exact|, of results above 1 as a part of them. */
  apart: (Wrong & { difference: number }) | null;
  /** The error is above 1 % of the exact result. */
  off: Count | null;
  /** 0 where the exact result is a normal number. */
  lost: Count | null;
  /** The other sign than the exact result. */
  sign: Count | null;
  /** NaN or an infinity where the exact result is a finite number. */
  broken: Count | null;
  /** The share of the subnormal results that are 0; null if there are none. */
  subnormalLost: number | null;
  /** Of the function only; see order.ts. */
  backward: Contradiction | null;
  beyond: Contradiction | null;
  lopsided: Contradiction | null;
  /** What is not as it should be at ±0, ±∞, NaN, ± the largest number. */
  specials: Wrong[];
  /** What is otherwise at kinks: conventions, where the derivative jumps. */
  kinks: Wrong[];
}

const PERCENT = 0.01;

/** Compares the results at the points, the specials and the kinks of a reference with it. */
export function foundOf(reference: Reference, order: Order, results: Numbers): Found {
  const { points, format } = reference;
  const [exact, units] = [reference.exact[order], reference.units[order]];
  const normal = smallestNormal(format);
  const kinks = new Set(order === 0 ? [] : reference.kinks);
  const found: Found = {
    points: 0,
    worst: null,
    apart: null,
    off: null,
    lost: null,
    sign: null,
    broken: null,
  } as never;
  let [subnormal, flushed] = [0, 0];
  for (let i = 0; i < points.length; i++) {
    const [x, y, due] = [points[i], results[i], exact[i]];
    if (kinks.has(x)) continue;
    found.points++;
    const wrong = { x, got: y, due };
    if (!Number.isFinite(rounded(due, format))) continue;
    if (!Number.isFinite(y)) found.broken = counted(found.broken, wrong);
    if (y * Math.sign(due) < 0) found.sign = counted(found.sign, wrong);
    const distance = Number.isNaN(y) ? Infinity : Math.abs(y - due);
    const difference = distance / Math.max(1, Math.abs(due));
    if (!(difference <= (found.apart?.difference ?? 0))) found.apart = { ...wrong, difference };
    const size = Math.abs(due);
    if (due !== 0 && size < normal) {
      if (rounded(due, format) === 0) continue;
      subnormal++;
      if (y === 0) flushed++;
      continue;
    }
    const ulp = distance / units[i];
    if (ulp > (found.worst?.ulp ?? 0)) found.worst = { ...wrong, ulp };
    if (y === 0 && due !== 0) found.lost = counted(found.lost, wrong);
    if (!(distance <= PERCENT * size) && ulp > 1) found.off = counted(found.off, wrong);
  }
  found.subnormalLost = subnormal === 0 ? null : flushed / subnormal;
  const contradiction = (find: typeof stepsBackward): Contradiction | null =>
    order === 0 ? find(reference, results.subarray(0, points.length) as Numbers) : null;
  found.backward = contradiction(stepsBackward);
  found.beyond = contradiction(beyondRange);
  found.lopsided = contradiction(lopsided);
  const count = points.length;
  const { specials, kinks: atKinks } = reference.due[order];
  const differing = (inputs: readonly number[], dues: readonly number[], from: number): Wrong[] =>
    inputs.map((x, i) => ({ x, got: results[from + i], due: dues[i] })).filter(isApart);
  const zero = (wrong: Wrong): boolean => order === 0 && Object.is(wrong.x, -0) && Object.is(wrong.got, 0);
  found.specials = reference.specials.flatMap((x, i) => {
    const wrong: Wrong = { x, got: results[count + i], due: specials[i] };
    const differs = isApart(wrong) || (zero(wrong) && Object.is(wrong.due, -0));
    return differs && !kinks.has(x) ? [wrong] : [];
  });
  found.kinks = order === 0 ? [] : differing(reference.kinks, atKinks, count + reference.specials.length);
  return found;
}

/** Not the same but for what rounding does, and for the sign of 0. */
function isApart({ got, due }: Wrong): boolean {
  if (Object.is(got, due)) return false;
  return !(Math.abs(got - due) <= CLOSE * Math.abs(due)) || !Number.isFinite(got);
}

const CLOSE = 1e-2;

function counted(before: Count | null, wrong: Wrong): Count {
  if (before === null) return { ...wrong, last: wrong.x, count: 1 };
  const nearer = Math.abs(before.x) <= Math.abs(wrong.x) ? before : wrong;
  const last = Math.abs(before.last) >= Math.abs(wrong.x) ? before.last : wrong.x;
  return { x: nearer.x, got: nearer.got, due: nearer.due, last, count: before.count + 1 };
}
