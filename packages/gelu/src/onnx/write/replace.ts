import type { Found } from '../find/find.js';
import type { Attribute } from '../read/attribute.js';
import type { OnnxFile } from '../read/input.js';
import { INT64 } from '../read/tensor.js';
import { emit } from '../targets/targets.js';
import type { OnnxTarget, Wanted } from '../targets/wanted.js';
import { tensorAttribute } from './constant.js';
import type { Edit } from './edit.js';
import { Emitter, integerAttribute } from './emitter.js';
import type { Names } from './names.js';

/** What the names of new nodes and values begin with. */
export function baseOf({ nodes, y }: Found): string {
  return nodes[nodes.length - 1].name || y;
}

/**
 * The last node of an activation, replaced by what a target writes. `names` are those taken, `opset` is that of the new file,
 * `constants` those that were written before in the same graph.
 */
export function replacement(
  file: OnnxFile,
  found: Found,
  to: OnnxTarget,
  wanted: Wanted,
  names: Names,
  opset: number,
  constants: Map<number, string>,
): Edit {
  const { nodes, composite, bias, y } = found;
  const { place } = nodes[nodes.length - 1];
  const e = new Emitter(names, baseOf(found), place.number, 'gelu', constants);
  const moves = composite?.moves ?? [];
  let x = bias === undefined ? found.x : e.op('Add', [found.x, bias]);
  let dtype = wanted.dtype;
  if (composite?.cast !== undefined && composite.cast !== dtype) {
    // y has another dtype than x by a Cast on the way.
    dtype = composite.cast;
    x = e.op('Cast', [x], { attributes: [integerAttribute('to', dtype)] });
  }
  const factors = composite?.factors ?? [];
  let result = emit(e, to, { ...wanted, x, dtype, y: moves.length + factors.length === 0 ? y : undefined });
  for (const [i, factor] of factors.entries())
    result = e.op('Mul', [result, factor], { output: i === factors.length - 1 ? y : undefined });
  for (const [i, move] of moves.entries()) {
    const inputs = [result, ...move.inputs.slice(1)];
    // From opset 13 on the axes of Squeeze and Unsqueeze are an input.
    const axes = opset >= AXES_OPSET && move.op.endsWith('queeze') ? move.attributes.get('axes') : undefined;
    if (axes?.integers !== undefined) inputs.push(constantOf(e, axes.integers));
    const attributes = [...move.attributes.values()]
      .filter((attribute) => attribute !== axes)
      .map((attribute) => bytesOf(file, attribute));
    result = e.op(move.op, inputs, { attributes, output: i === moves.length - 1 ? y : undefined });
  }
  return { start: place.begin, end: place.end, bytes: e.bytes, within: place.within };
}

const AXES_OPSET = 13;

function constantOf(e: Emitter, integers: readonly number[]): string {
  return e.op('Constant', [], { attributes: [tensorAttribute('value', INT64, [integers.length], integers)] });
}

function bytesOf(file: OnnxFile, { place }: Attribute): Uint8Array {
  return place === undefined ? new Uint8Array(0) : file.read(place.start, place.end);
}
