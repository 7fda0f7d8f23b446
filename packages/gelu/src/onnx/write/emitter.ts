import { FLOAT32 } from '../read/tensor.js';
import { view } from '../read/wire.js';
import { concat, field, floatField } from './message.js';

/** How a node is written besides its operator and inputs. */
export interface NodeOptions {
  domain?: string | undefined;
  attributes?: readonly Uint8Array[] | undefined;
  /** Its doc_string. */
  doc?: string | undefined;
  /** The name of its result; default: a new one. */
  output?: string | undefined;
}

// AttributeProto.type
const FLOAT = 1;
const INTEGER = 2;
const STRING = 3;
const TENSOR = 4;

export const floatAttribute = (name: string, value: number): Uint8Array =>
  concat([field(1, name), floatField(2, value), field(20, FLOAT)]);
export const integerAttribute = (name: string, value: number): Uint8Array =>
  concat([field(1, name), field(3, value), field(20, INTEGER)]);
export const stringAttribute = (name: string, value: string): Uint8Array =>
  concat([field(1, name), field(4, value), field(20, STRING)]);

/** Writes nodes, one for each call, with names that are new to the model. */
export class Emitter {
  readonly #nodes: Uint8Array[] = [];
  readonly #names: Set<string>;
  readonly #base: string;
  readonly #fieldNumber: number;
  readonly #constants = new Map<number, string>();
  /** How many names of a kind there are. */
  readonly #counts = new Map<string, number>();

  /** `names` are those taken; new ones are added. `fieldNumber` is that of nodes in the graph or function, `why` is part of names. */
  constructor(names: Set<string>, base: string, fieldNumber: number, why = 'gelu') {
    this.#names = names;
    this.#base = `${base}_${why}`;
    this.#fieldNumber = fieldNumber;
  }

  /** The nodes so far, as fields of their graph. */
  get bytes(): Uint8Array {
    return concat(this.#nodes);
  }

  /** Adds a node, whose numbers become float32 constants, and returns the name of its result. */
  op(type: string, inputs: readonly (string | number)[], options: NodeOptions = {}): string {
    const { output = this.newName(type) } = options;
    const names = inputs.map((input) => (typeof input === 'number' ? this.#constant(input) : input));
    this.#add(type, names, output, options);
    return output;
  }

  #constant(value: number): string {
    const float = Math.fround(value);
    let name = this.#constants.get(float);
    if (name === undefined) {
      name = this.newName('constant');
      const data = new Uint8Array(4);
      view(data).setFloat32(0, float, true);
      const tensor = concat([field(2, FLOAT32), field(9, data)]);
      this.#add('Constant', [], name, {
        attributes: [concat([field(1, 'value'), field(5, tensor), field(20, TENSOR)])],
      });
      this.#constants.set(float, name);
    }
    return name;
  }

  #add(type: string, inputs: readonly string[], output: string, options: NodeOptions): void {
    const { domain, doc, attributes = [] } = options;
    const parts = [
      ...inputs.map((input) => field(1, input)),
      field(2, output),
      field(3, this.newName(`node_${type}`)),
      field(4, type),
      ...attributes.map((attribute) => field(5, attribute)),
      ...(doc ? [field(6, doc)] : []),
      ...(domain ? [field(7, domain)] : []),
    ];
    this.#nodes.push(field(this.#fieldNumber, concat(parts)));
  }

  /** A name that nothing in the model has. */
  newName(what: string): string {
    for (let i = this.#counts.get(what) ?? 0; ; i++) {
      const name = `${this.#base}_${what}${i === 0 ? '' : `_${i}`}`;
      if (this.#names.has(name)) continue;
      this.#names.add(name);
      this.#counts.set(what, i + 1);
      return name;
    }
  }
}
