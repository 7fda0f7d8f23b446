import { div, lo, twoSum } from '../../numerics/dd.js';
import { power } from '../../numerics/shift.js';
import { GeluRangeError } from '../../shared/errors.js';

/** The location may be at most 2⁴⁰⁰ scales away from 0. */
export function checkRatio(
  { location, scale }: { readonly location: number; readonly scale: number },
  name = 'location',
  ofScale = 'the scale',
): void {
  if (Math.abs(location) / 2 ** 400 > scale)
    throw new GeluRangeError(name, `at most 2⁴⁰⁰ times ${ofScale}`, String(location));
}

/** (x − location)/scale, about: for any three numbers, the smallest and the largest included. */
export function roughly(x: number, location: number, scale: number): number {
  const difference = x - location;
  return Number.isFinite(difference) || Math.abs(x) === Infinity
    ? difference / scale
    : (x / 2 - location / 2) / scale / 0.5;
}

/** The power of two that brings the largest of three numbers to where products of pairs are exact. */
export function commonPower(x: number, location: number, scale: number): number {
  const size = Math.max(Math.abs(x), Math.abs(location), scale);
  return size > 2 ** 400 ? power(-500) : size < 2 ** -400 ? power(500) : 1;
}

/** z = (x − location)/scale and w = x/scale as pairs, left by `standardize`. */
export const standard: Float64Array = new Float64Array(4);
export const ZH = 0;
export const ZL = 1;
export const WH = 2;
export const WL = 3;

/** Fills `standard` for x = x, |z| below 2⁶⁰⁰; z itself is never rounded to 53 bits. All three may be of any size. */
export function standardize(x: number, location: number, scale: number): void {
  const up = commonPower(x, location, scale);
  const difference = twoSum(x * up, -location * up);
  standard[ZH] = div(difference, lo[0], scale * up, 0);
  standard[ZL] = lo[0];
  standard[WH] = div(x * up, 0, scale * up, 0);
  standard[WL] = lo[0];
}
