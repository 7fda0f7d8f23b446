import { type Graph, withInner } from '../read/graph.js';
import type { Model } from '../read/model.js';

/** The names that a model has of its own, and what new ones begin with, so that no two are one. */
export class Names {
  /** Those that might be taken for new ones, which all have one of MARKS in them. */
  readonly #taken = new Set<string>();
  /** How often a base was claimed. */
  readonly #claims = new Map<string, number>();

  constructor({ graph, functions }: Pick<Model, 'graph' | 'functions'>) {
    const add = (name: string): void => {
      if (MARKS.test(name)) this.#taken.add(name);
    };
    const addAll = ({ inputs, outputs, initializers, nodes }: Graph): void => {
      for (const list of [inputs, outputs, initializers.keys()]) for (const name of list) add(name);
      for (const node of nodes) {
        add(node.name);
        node.inputs.forEach(add);
        node.outputs.forEach(add);
      }
    };
    for (const top of [graph, ...functions]) withInner(top).forEach(addAll);
  }

  isTaken(name: string): boolean {
    return this.#taken.size > 0 && this.#taken.has(name);
  }

  /** What names may begin with that are given to new things of one place. */
  claim(base: string, why: 'gelu' | 'opset'): string {
    const claimed = `${base}_${why}`;
    const before = this.#claims.get(claimed) ?? 0;
    this.#claims.set(claimed, before + 1);
    return before === 0 ? claimed : `${claimed}_${before + 1}`;
  }
}

const MARKS = /_(gelu|opset)_/;
