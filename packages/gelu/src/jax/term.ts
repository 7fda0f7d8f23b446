import { numpy as np } from '@jax-js/jax';

type Operand = Term | number;

/**
 * A jax array in a formula. jax-js frees an array at its first use unless a reference is taken; a Term takes one at
 * every use and `formula` frees all of them at the end, so that formulas can be written as on paper.
 */
export class Term {
  readonly #scope: np.Array[];
  readonly #array: np.Array;

  constructor(array: np.Array, scope: np.Array[]) {
    this.#array = array;
    this.#scope = scope;
    scope.push(array);
  }

  /** A new reference to the array. */
  get array(): np.Array {
    return this.#array.ref;
  }

  plus(other: Operand): Term {
    return this.#make(this.array.add(operand(other)));
  }

  minus(other: Operand): Term {
    return this.#make(this.array.sub(operand(other)));
  }

  /** other − this. */
  from(other: number): Term {
    return this.#make(np.subtract(other, this.array));
  }

  times(other: Operand): Term {
    return this.#make(this.array.mul(operand(other)));
  }

  atLeast(bound: number): Term {
    return this.#make(np.maximum(this.array, bound));
  }

  atMost(bound: number): Term {
    return this.#make(np.minimum(this.array, bound));
  }

  floor(): Term {
    return this.#make(np.floor(this.array));
  }

  /** Cut down to a multiple of `unit`, a power of two. */
  cut(unit: number): Term {
    return this.times(1 / unit)
      .floor()
      .times(unit);
  }

  sqrt(): Term {
    return this.#make(np.sqrt(this.array));
  }

  max(other: Term): Term {
    return this.#make(np.maximum(this.array, other.array));
  }

  /** f of it, for what has no method here. */
  map(f: (array: np.Array) => np.Array): Term {
    return this.#make(f(this.array));
  }

  #make(array: np.Array): Term {
    return new Term(array, this.#scope);
  }
}

function operand(value: Operand): np.Array | number {
  return value instanceof Term ? value.array : value;
}

/** c[0] + c[1]·x + c[2]·x² + … */
export function polynomial(x: Term, coefficients: readonly number[]): Term {
  return coefficients
    .slice(0, -1)
    .reduceRight<Operand>(
      (sum, c) => (sum instanceof Term ? sum.times(x) : x.times(sum)).plus(c),
      coefficients.at(-1)!,
    ) as Term;
}

/** The array that `build` makes of x. Takes ownership of x. */
export function formula(x: np.Array, build: (x: Term) => Term): np.Array {
  const scope: np.Array[] = [];
  const result = build(new Term(x, scope)).array;
  for (const array of scope) array.dispose();
  return result;
}
