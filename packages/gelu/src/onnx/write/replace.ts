import type { Found } from '../find/find.js';
import type { Attribute } from '../read/attribute.js';
import type { OnnxFile } from '../read/input.js';
import { emit } from '../targets/targets.js';
import type { OnnxTarget, Wanted } from '../targets/wanted.js';
import type { Edit } from './edit.js';
import { Emitter, integerAttribute } from './emitter.js';

/** The last node of an activation, replaced by what a target writes. `names` are those taken. */
export function replacement(file: OnnxFile, found: Found, to: OnnxTarget, wanted: Wanted, names: Set<string>): Edit {
  const { nodes, composite, bias, y } = found;
  const last = nodes[nodes.length - 1];
  const { place } = last;
  const e = new Emitter(names, last.name || y, place.number);
  const moves = composite?.moves ?? [];
  let x = bias === undefined ? found.x : e.op('Add', [found.x, bias]);
  let dtype = wanted.dtype;
  if (composite?.cast !== undefined && composite.cast !== dtype) {
    // y has another dtype than x by a Cast on the way.
    dtype = composite.cast;
    x = e.op('Cast', [x], { attributes: [integerAttribute('to', dtype)] });
  }
  let result = emit(e, to, { ...wanted, x, dtype, y: moves.length === 0 ? y : undefined });
  for (const [i, move] of moves.entries()) {
    const attributes = [...move.attributes.values()].map((attribute) => bytesOf(file, attribute));
    const inputs = [result, ...move.inputs.slice(1)];
    result = e.op(move.op, inputs, { attributes, output: i === moves.length - 1 ? y : undefined });
  }
  return { start: place.begin, end: place.end, bytes: e.bytes, within: place.within };
}

function bytesOf(file: OnnxFile, { place }: Attribute): Uint8Array {
  return place === undefined ? new Uint8Array(0) : file.read(place.start, place.end);
}
