import type { Node } from '../read/graph.js';
import type { Dim } from '../read/value.js';
import type { Shape } from './broadcast.js';
import { attributeOf, type Calls } from './scope.js';
import { RULES } from './shape-rules.js';
import { idOf, type Structure } from './structure.js';
import { Unifier } from './unify.js';

/** Tensors of more dimensions are not followed. */
export const MOST_DIMS = 64;

/** Sets of values of one shape; null: told to have different numbers of dimensions. */
export type Shapes = Unifier<Shape | null>;

export function newShapes(count: number): Shapes {
  const shapes: Shapes = new Unifier((a, b) =>
    a === null || b === null || a.length !== b.length ? null : a.map((dim, i) => mergeDim(dim, b[i])),
  );
  for (let i = 0; i < count; i++) shapes.add();
  return shapes;
}

function mergeDim(a: Dim, b: Dim): Dim {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  if (typeof a === 'number' && typeof b === 'number') return undefined;
  return typeof a === 'number' ? a : typeof b === 'number' ? b : a;
}

export interface ShapeBody {
  structure: Structure;
  calls: Calls;
  shapes: Shapes;
  integers: (structure: Structure, name: string) => number[] | undefined;
}

/** Gives the outputs of a node the shapes that follow from its inputs. */
export function tellShapes(body: ShapeBody, node: Node): void {
  const rule = RULES.get(`${node.domain}:${node.op}`);
  if (rule === undefined) return;
  const { structure, shapes } = body;
  const id = (names: readonly string[], i: number): number | undefined => idOf(structure, names[i] ?? '');
  const attribute = (name: string): ReturnType<typeof attributeOf> => attributeOf(body, node, name);
  const results = rule({
    op: node.op,
    opset: structure.graph.opsets.get('')?.version ?? 0,
    count: node.inputs.length,
    outputs: node.outputs.length,
    shape: (i) => {
      const input = id(node.inputs, i);
      return input === undefined ? undefined : (shapes.known(input) ?? undefined);
    },
    same: (i, j) => {
      const [a, b] = [id(node.inputs, i), id(node.inputs, j)];
      return a !== undefined && b !== undefined && shapes.root(a) === shapes.root(b);
    },
    integers: (i) => body.integers(structure, node.inputs[i] ?? ''),
    integer: (name) => attribute(name)?.integer,
    list: (name) => attribute(name)?.integers,
    text: (name) => attribute(name)?.text,
  });
  for (const [i, result] of results.entries()) {
    const output = id(node.outputs, i);
    if (output === undefined || result === undefined) continue;
    const input = typeof result === 'number' ? id(node.inputs, result) : undefined;
    if (input !== undefined) shapes.join(input, output);
    else if (typeof result !== 'number' && result.length <= MOST_DIMS) shapes.learn(output, result);
  }
}
