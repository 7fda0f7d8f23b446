import { lax, numpy as np } from '@jax-js/jax';

type Operand = Term | number;

/**
 * A jax array in a formula. jax-js frees an array at its first use unless a reference is taken; a Term takes one at
 * every use and `formula` frees all of them at the end, so that formulas can be written as on paper.
 *
 * A term made of constant terms is constant in its turn: jax-js would else carry the derivative 0 through every step of
 * it, which under `jvp` and `hessian` makes expressions that take seconds to compile.
 */
export class Term {
  readonly #scope: np.Array[];
  readonly #array: np.Array;
  readonly #constant: boolean;

  constructor(array: np.Array, scope: np.Array[], constant: boolean) {
    this.#array = constant ? lax.stopGradient(array) : array;
    this.#scope = scope;
    this.#constant = constant;
    scope.push(this.#array);
  }

  /** A new reference to the array. */
  get array(): np.Array {
    return this.#array.ref;
  }

  /** The same value, constant for all derivatives. */
  constant(): Term {
    return new Term(this.array, this.#scope, true);
  }

  plus(other: Operand): Term {
    return this.#make(this.array.add(operand(other)), other);
  }

  minus(other: Operand): Term {
    // jax-js takes a + (−1)·b for one subtraction, its own a.sub(b) for two.
    return this.plus(other instanceof Term ? other.times(-1) : -other);
  }

  /** other − this. */
  from(other: number): Term {
    return this.#make(np.add(other, this.array.mul(-1)));
  }

  times(other: Operand): Term {
    return this.#make(this.array.mul(operand(other)), other);
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

  /** f of it, for what has no method here. */
  map(f: (array: np.Array) => np.Array): Term {
    return this.#make(f(this.array));
  }

  #make(array: np.Array, other: Operand = 0): Term {
    return new Term(array, this.#scope, this.#constant && (typeof other === 'number' || other.#constant));
  }
}

function operand(value: Operand): np.Array | number {
  return value instanceof Term ? value.array : value;
}

/** c[0] + c[1]·x + c[2]·x² + …, its even and its odd powers apart: two short chains are faster than a long one. */
export function polynomial(x: Term, c: readonly number[]): Term {
  const square = x.times(x);
  const chain = (terms: readonly number[]): Term | number =>
    terms
      .slice(0, -1)
      .reduceRight<Term | number>(
        (sum, term) => (sum instanceof Term ? sum.times(square) : square.times(sum)).plus(term),
        terms.at(-1)!,
      );
  const even = chain(c.filter((_, i) => i % 2 === 0)) as Term;
  return even.plus(x.times(chain(c.filter((_, i) => i % 2 === 1))));
}

/** The array that `build` makes of x. Takes ownership of x. */
export function formula(x: np.Array, build: (x: Term) => Term): np.Array {
  const scope: np.Array[] = [];
  const result = build(new Term(x, scope, false)).array;
  for (const array of scope) array.dispose();
  return result;
}
