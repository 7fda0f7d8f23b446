import { significant } from '../console/figures.js';
import type { Cell } from './cell.js';
import type { Count, Found, Wrong } from './errors.js';

/** Above so many units in the last place an error is told as a part of the result. */
const MANY = 1000;
const HALF = 0.5 + 1e-3;

/** '≤ ½ ULP', '3.2 ULP at −4.3', '57 % at −5.5'. */
export function errorText({ worst }: Found): string {
  if (worst === null || worst.ulp <= HALF) return '≤ ½ ULP';
  const at = `at ${significant(worst.x)}`;
  if (worst.ulp < MANY) return `${significant(worst.ulp)} ULP ${at}`;
  const part = Math.abs(worst.got - worst.due) / Math.abs(worst.due);
  if (!Number.isFinite(part)) return `${value(worst.got)} ${at}`;
  return part > 10 ? `${significant(part)}-fold ${at}` : `${significant(100 * part)} % ${at}`;
}

/** 'from −5.55'; 'at −5.15', of few; 'up to −3.7e−9', where it is so beside 0 only; '' for none. */
export function fromText(count: Count | null): string {
  if (count === null) return '';
  if (count.count < FEW) return `at ${significant(count.x)}`;
  return Math.abs(count.last) < BESIDE ? `up to ${significant(count.last)}` : `from ${significant(count.x)}`;
}

const BESIDE = 0.1;
const FEW = 4;

/** What is not as it should be at special inputs: 'NaN → 0, ∞ → 0 for −0'. */
export function specialsText(wrong: readonly Wrong[]): string {
  return wrong
    .map(({ x, got, due }) => `${input(x)} → ${value(got)}${Number.isNaN(due) ? '' : ` for ${value(due)}`}`)
    .join(', ');
}

/** What contradicts what is known of the function: 'above 1: 1.0000002 at 4.9', '210 steps back, 5 ULP at 5.7'. */
export function contradictionText({ backward, beyond, lopsided }: Found): string {
  return [
    beyond === null
      ? ''
      : `out of range: ${String(Number(beyond.got.toPrecision(8))).replace('-', '−')} at ${significant(beyond.x)}`,
    backward === null || backward.ulp <= ROUNDING
      ? ''
      : `${backward.count} steps back, ${ulps(backward.ulp)} at ${significant(backward.x)}`,
    lopsided === null ? '' : `lopsided, ${ulps(lopsided.ulp)} at ${significant(lopsided.x)}`,
  ]
    .filter((text) => text !== '')
    .join('; ');
}

/** Neighbours that are rounded apart. */
const ROUNDING = 1;
const ulps = (ulp: number): string => (ulp < MANY ? `${significant(ulp)} ULP` : 'all digits');

/** A derivative in one cell of a table: its faults, else its error. */
export function derivativeText(found: Cell['found'][number] | undefined): string {
  if (found === null || found === undefined) return '–';
  if ('failed' in found) return 'none';
  const faults = [
    named('NaN or ∞', found.broken),
    named('wrong sign', found.sign),
    named('0', found.lost),
    found.broken || found.sign || found.lost ? '' : named('off', found.off),
    ...[specialsText([...found.specials, ...found.kinks])],
  ].filter((text) => text !== '');
  return faults.length > 0 ? faults.join('; ') : errorText(found);
}

const named = (name: string, count: Count | null): string => (count === null ? '' : `${name} ${fromText(count)}`);

/** What a runtime computes, in words. */
export function computesText({ computes, function: name }: Cell): string {
  if (computes === null) return '';
  if (computes.function === null) return computes.formula ?? 'something else';
  const what = computes.function === name ? '' : computes.function;
  return [what, computes.formula ?? ''].filter((text) => text !== '').join(', ');
}

/** Where the same number has other results. */
export function placementText({ placement }: Cell): string {
  if (placement === null) return '';
  const { x, how } = placement.example;
  return `${placement.differing} of ${placement.probes} numbers differ: ${significant(x)} ${how}`;
}

export function timeText({ speed }: Cell): string {
  return speed === null ? '' : significant(speed.ratio);
}

const LARGE = 3e38;

function input(x: number): string {
  if (Number.isFinite(x) && Math.abs(x) > LARGE) return x > 0 ? 'largest' : '−largest';
  return value(x);
}

function value(x: number): string {
  return Object.is(x, -0) ? '−0' : Number.isNaN(x) ? 'NaN' : significant(x);
}

/** All that is wrong with the values of a function, in a line. */
export function remark(cell: Cell): string {
  const [found] = cell.found;
  if (found === null || 'failed' in found) return '';
  return [
    named('0', found.lost),
    named('wrong sign', found.sign),
    named('NaN or ∞', found.broken),
    found.beyond === null ? '' : contradictionText({ ...found, backward: null, lopsided: null }),
    specialsText(found.specials.filter(({ x }) => !Object.is(x, -0) && Math.abs(x) !== LARGEST)),
    cell.placement === null ? '' : 'other bits in other places of a tensor',
  ]
    .filter((text) => text !== '')
    .join('; ');
}

const LARGEST = 3.4028234663852886e38;
