import type { Evaluate } from '../model/activation.js';
import type { ParameterValues } from '../model/parameters.js';
import { deliver } from './result.js';
import { add, div, exact, mul, near, negative, ONE, type Wide, ZERO } from './wide.js';

/**
 * A function's value at one x with its first and second derivative there, from which sums, products, quotients and functions of
 * it get theirs: who writes a formula once has all three, to about 2⁻⁹⁵.
 */
export class Jet {
  readonly value: Wide;
  readonly first: Wide;
  readonly second: Wide;

  constructor(value: Wide, first: Wide = ZERO, second: Wide = ZERO) {
    this.value = value;
    this.first = first;
    this.second = second;
  }

  /** The value as a float64, to decide on which side of a break it lies. */
  get number(): number {
    return near(this.value);
  }

  plus(other: Jet | number): Jet {
    const o = jet(other);
    return new Jet(add(this.value, o.value), add(this.first, o.first), add(this.second, o.second));
  }

  minus(other: Jet | number): Jet {
    return this.plus(jet(other).negative());
  }

  negative(): Jet {
    return new Jet(negative(this.value), negative(this.first), negative(this.second));
  }

  times(other: Jet | number): Jet {
    const o = jet(other);
    const cross = mul(this.first, o.first);
    const outer = add(mul(this.second, o.value), mul(this.value, o.second));
    return new Jet(
      mul(this.value, o.value),
      add(mul(this.first, o.value), mul(this.value, o.first)),
      add(outer, add(cross, cross)),
    );
  }

  over(other: Jet | number): Jet {
    return this.times(inverse(jet(other)));
  }
}

/** A number as a constant. */
export function jet(value: Jet | number): Jet {
  return value instanceof Jet ? value : new Jet(exact(value));
}

/** f(g) from f and its two derivatives at g's value. */
export function chain(g: Jet, [f, f1, f2]: readonly [Wide, Wide, Wide]): Jet {
  const outer = mul(f2, mul(g.first, g.first));
  return new Jet(f, mul(f1, g.first), add(outer, mul(f1, g.second)));
}

function inverse(g: Jet): Jet {
  const y = div(ONE, g.value);
  const y2 = mul(y, y);
  const y3 = mul(y2, y);
  return chain(g, [y, negative(y2), add(y3, y3)]);
}

/** Far below the range of float64, and no further than numbers can be scaled. */
const GONE = -4000;

/**
 * The evaluator of a formula in x and the activation's parameters: its value and derivatives, to about 2⁻⁹⁵ of the largest addend.
 * At ±∞, where formulas often have no value, `limits` says what the function is, and what its derivative.
 *
 * Some ten times as slow as derivatives written out by hand: that is felt in float64 and the first results, not in float32, whose
 * tables are made from it once.
 */
/* @__NO_SIDE_EFFECTS__ */
export function jets<P extends ParameterValues>(
  formula: (x: Jet, parameters: P) => Jet,
  limits: (sign: -1 | 1, parameters: P) => { readonly value: number; readonly slope: number },
): (parameters: P) => Evaluate {
  return (parameters) => (order, x) => {
    if (Number.isNaN(x)) return deliver(x, 0, 0);
    if (Math.abs(x) === Infinity) {
      const { value, slope } = limits(x < 0 ? -1 : 1, parameters);
      return deliver(order === 0 ? value : order === 1 ? slope : 0, 0, 0);
    }
    const y = formula(new Jet(exact(x), ONE), parameters);
    const [high, low, exponent] = order === 0 ? y.value : order === 1 ? y.first : y.second;
    return deliver(high, low, Math.max(exponent, GONE));
  };
}
