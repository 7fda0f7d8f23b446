/** Sets of values that are known to share something: a dtype, or a shape. Joining is all but constant in time. */
export class Unifier<T> {
  readonly #parent: number[] = [];
  readonly #known: (T | undefined)[] = [];
  readonly #merge: (a: T, b: T) => T;

  /** `merge` is told what two sets know that turn out to be one. */
  constructor(merge: (a: T, b: T) => T) {
    this.#merge = merge;
  }

  /** A new set of one, by its number. */
  add(): number {
    this.#known.push(undefined);
    return this.#parent.push(this.#parent.length) - 1;
  }

  root(of: number): number {
    let at = of;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]];
      at = this.#parent[at];
    }
    return at;
  }

  known(of: number): T | undefined {
    return this.#known[this.root(of)];
  }

  learn(of: number, what: T | undefined): void {
    if (what === undefined) return;
    const root = this.root(of);
    const known = this.#known[root];
    this.#known[root] = known === undefined ? what : this.#merge(known, what);
  }

  join(a: number, b: number): void {
    const [one, other] = [this.root(a), this.root(b)];
    if (one === other) return;
    // The elder stays; path halving alone keeps the trees flat.
    const [stays, goes] = one < other ? [one, other] : [other, one];
    this.#parent[goes] = stays;
    this.learn(stays, this.#known[goes]);
  }
}
