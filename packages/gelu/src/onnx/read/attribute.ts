import { readTensor, type Tensor } from './tensor.js';
import { Cursor, type Place, placeOf, type WireReader } from './wire.js';

/** An attribute of a node, as far as it matters here. */
export interface Attribute {
  float?: number;
  integer?: number;
  /** Undefined if it is longer than any word. */
  text?: string;
  tensor?: Tensor;
  floats?: readonly number[];
  integers?: readonly number[];
  /** It takes the value of this attribute of the function around it. */
  reference?: string;
  /** Whether there is more in it than is read here. */
  more?: boolean;
  place?: Place;
}

export type Attributes = ReadonlyMap<string, Attribute>;
export const NO_ATTRIBUTES: Attributes = new Map();

/** Of an AttributeProto: its name, its type, its documentation. */
const NAMING = new Set([1, 13, 20]);

const LONGEST_WORD = 1 << 16;

/** Reads an AttributeProto; `graph` is called for each graph in it. */
export function readAttribute(
  reader: WireReader,
  place: Place,
  graph: (name: string, place: Place) => void,
): [name: string, attribute: Attribute] {
  let name = '';
  const attribute: Attribute = { place };
  const floats: number[] = [];
  const integers: number[] = [];
  const graphs: Place[] = [];
  reader.count(place);
  for (const field = new Cursor(place.start, place.end); reader.next(field); ) {
    if (field.number === 1) name = reader.text(field);
    else if (field.number === 2) attribute.float = reader.float(field);
    else if (field.number === 3) attribute.integer = reader.integer(field);
    else if (field.number === 4 && field.end - field.start < LONGEST_WORD) attribute.text = reader.text(field);
    else if (field.number === 5) attribute.tensor = readTensor(reader, field.start, field.end);
    else if (field.number === 6 || field.number === 11) graphs.push(placeOf(field, place));
    else if (field.number === 7) for (const value of reader.floats(field)) push(floats, value);
    else if (field.number === 8) for (const value of reader.integers(field)) push(integers, value);
    else if (field.number === 21) attribute.reference = reader.text(field);
    else if (!NAMING.has(field.number)) attribute.more = true;
  }
  // Lists that are empty are not written: their type alone tells.
  if (floats.length > 0) attribute.floats = floats;
  if (integers.length > 0) attribute.integers = integers;
  for (const inner of graphs) graph(name, inner);
  return [name, attribute];

  function push(list: number[], value: number): void {
    reader.count(place);
    list.push(value);
  }
}
