import { significant } from '../../console/figures.js';
import type { Audited, Measures } from './measure.js';

/**
 * 'exact': correctly rounded. '1ulp': within 1 ULP everywhere. 'framework': what frameworks promise of float32, 10⁻⁵ +
 * 1.3·10⁻⁶·|exact|, and no NaN at finite inputs.
 */
export type Level = 'exact' | '1ulp' | 'framework';
export const LEVELS: readonly Level[] = ['exact', '1ulp', 'framework'];

/** One line of the verdict. */
export interface Check {
  /** 'value' or 'gradient'. */
  of: string;
  name: string;
  found: string;
  wanted: string;
  /** null: not asked for at this level. */
  passed: boolean | null;
}

/** A check in one word, after its mark. */
export function marked(check: Check): string {
  return { pass: '✔ pass', FAIL: '✘ FAIL', info: '· info' }[verdict(check)];
}

/** A check in one word. */
export function verdict({ passed }: Check): 'pass' | 'FAIL' | 'info' {
  return passed === null ? 'info' : passed ? 'pass' : 'FAIL';
}

/** Correct rounding gives ½; the float64 reference may be off by a little. */
const HALF = 0.5 + 1e-6;

/** All checks of an audit at a level. */
export function checksAt(level: Level, { value, gradient }: Audited): Check[] {
  return [...checksOf(level, 'value', value), ...(gradient ? checksOf(level, 'gradient', gradient) : [])];
}

function checksOf(level: Level, of: string, m: Measures): Check[] {
  const strict = level !== 'framework';
  const limit = level === 'exact' ? HALF : 1;
  const where = (at: number | null): string => (at === null ? '' : ` at ${significant(at)}`);
  const counted = (name: string, { count, at }: { count: number; at: number | null }, asked: boolean): Check => ({
    of,
    name,
    found: count === 0 ? 'none' : `${count} of ${m.points}, first${where(at)}`,
    wanted: 'none',
    passed: asked ? count === 0 : null,
  });
  const bounded = (name: string, found: { ulp: number; at: number | null }, most: number): Check => ({
    of,
    name,
    found: `${significant(found.ulp)} ULP${where(found.at)}`,
    wanted: `≤ ${significant(most)} ULP`,
    passed: strict ? found.ulp <= most : null,
  });
  const checks = [
    bounded('worst error', m.worst, limit),
    counted('beyond 10⁻⁵ + 1.3·10⁻⁶·|exact|', m.notClose, true),
    counted('NaN or ∞ where finite', m.notFinite, true),
    counted('flushed to 0', m.flushed, strict),
    counted('wrong sign', m.wrongSign, strict),
  ];
  // Neighbours may each be off by the limit, and so may f(x) and f(−x).
  if (m.monotone) checks.push(bounded('steps against the slope', m.monotone, level === 'exact' ? 0 : 2));
  if (m.asymmetry) checks.push(bounded('f(x) − f(−x) = x', m.asymmetry, level === 'exact' ? 1 : 2));
  const wrong = m.specials.filter(({ x, actual, expected, same }) =>
    // Frameworks are not asked for the limit at −∞, nor for signs of zeros.
    strict
      ? !same
      : x !== -Infinity &&
        Number.isFinite(x) === Number.isFinite(expected) &&
        !Object.is(actual + 0, expected + 0) &&
        !close(actual, expected),
  );
  const show = (v: number): string => (Object.is(v, -0) ? '−0' : significant(v));
  const f = of === 'value' ? 'f' : 'f′';
  checks.push({
    of,
    name: 'special values',
    found: wrong.map(({ x, actual }) => `${f}(${show(x)}) = ${show(actual)}`).join(', ') || 'right',
    wanted: wrong.map(({ x, expected }) => `${f}(${show(x)}) = ${show(expected)}`).join(', ') || 'right',
    passed: wrong.length === 0,
  });
  return checks;
}

function close(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= 1e-5 + 1.3e-6 * Math.abs(expected);
}
