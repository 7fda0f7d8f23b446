import { activation, type Bound } from 'gelu';
import { activationNamed, type NamedActivation } from '../../console/activation-spec.js';
import { steps } from '../plane/curve.js';
import { f } from '../state/state.js';

/** The spec of an activation with one parameter changed, the defaults left out. */
export function withParameter({ spec, bound }: NamedActivation, name: string, value: number | string): string {
  const parameters = { ...bound.parameters, [name]: value };
  const parts = Object.entries(parameters).filter(([key, v]) => v !== bound.definition.parameters[key]?.default);
  return [spec.split(':')[0], ...parts.map(([key, v]) => `${key}=${v}`)].join(':');
}

/** Puts another spec in the place of the i-th, if it can be computed; else says why not. */
export function replace(i: number, spec: string): string | undefined {
  try {
    activationNamed(spec);
  } catch (error) {
    return (error as Error).message;
  }
  f.value = f.value.map((old, k) => (k === i ? spec : old));
  return undefined;
}

/** A range for the slider of a parameter, from its default; what the activation refuses is cut off. */
export function sliderRange(bound: Bound, name: string): [number, number] {
  const initial = Number(bound.definition.parameters[name].default);
  const far = Math.max(2, 3 * Math.abs(initial));
  const allowed = (value: number): boolean => {
    try {
      activation(bound.definition.name, { ...bound.parameters, [name]: value });
      return true;
    } catch {
      return false;
    }
  };
  const tried = [...steps([initial - far, initial + far], 61)].map((v) => Number(v.toFixed(3)));
  const good = tried.filter(allowed);
  return good.length < 2 ? [initial - 1, initial + 1] : [good[0], good[good.length - 1]];
}

/** The first parameter that is a number. */
export function numericParameter({ bound }: NamedActivation): string | undefined {
  return Object.entries(bound.definition.parameters).find(([, { choices }]) => choices === undefined)?.[0];
}

/** The function with a parameter at another value; NaN where that is not allowed. */
function at(named: NamedActivation, name: string, value: number, x: number): number {
  try {
    return activation(named.bound.definition.name, { ...named.bound.parameters, [name]: value }).evaluate(0, x);
  } catch {
    return Number.NaN;
  }
}

/** The x at which the curve moves most with the parameter, within what is shown. */
export function liveliest(named: NamedActivation, name: string, [low, high]: readonly [number, number]): number {
  const value = Number(named.bound.parameters[name]);
  const h = 0.02 * Math.max(0.5, Math.abs(value));
  let best = low + 0.3 * (high - low);
  let most = 0;
  for (const x of steps([low + 0.08 * (high - low), high - 0.08 * (high - low)], 45)) {
    const change =
      Math.abs(at(named, name, value + h, x) - at(named, name, value, x)) / (1 + Math.abs(at(named, name, value, x)));
    if (change > most) [best, most] = [x, change];
  }
  return best;
}

/** The value of the parameter with which the curve passes nearest to (x, y): the best of some, made finer twice. */
export function valueThrough(named: NamedActivation, name: string, x: number, y: number): number {
  let [low, high] = sliderRange(named.bound, name);
  let best = Number(named.bound.parameters[name]);
  for (let round = 0; round < 4; round++) {
    let least = Infinity;
    for (const value of steps([low, high], 33)) {
      const off = Math.abs(at(named, name, value, x) - y);
      if (off < least) [best, least] = [value, off];
    }
    const step = (high - low) / 16;
    const [from, to] = sliderRange(named.bound, name);
    [low, high] = [Math.max(from, best - step), Math.min(to, best + step)];
  }
  return Number(best.toPrecision(4));
}
