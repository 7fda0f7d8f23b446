import { FLOAT32 } from '../read/tensor.js';
import { view } from '../read/wire.js';
import { ByteWriter } from './byte-writer.js';
import { concat, field, floatField } from './message.js';
import type { Names } from './names.js';

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

/** A node is put together here before its length is known. */
const node = new ByteWriter();

/** Writes nodes, one for each call, with names that are new to the model. */
export class Emitter {
  readonly #nodes = new ByteWriter();
  readonly #names: Names;
  readonly #base: string;
  readonly #fieldNumber: number;
  readonly #constants: Map<number, string>;
  /** How many names of a kind there are. */
  readonly #counts = new Map<string, number>();

  /**
   * `fieldNumber` is that of nodes in the graph or function, `base` and `why` are what new names begin with, `constants` are those that stand before in the graph, by value.
   */
  constructor(
    names: Names,
    base: string,
    fieldNumber: number,
    why: 'gelu' | 'opset' = 'gelu',
    constants: Map<number, string> = new Map(),
  ) {
    this.#names = names;
    this.#base = names.claim(base, why);
    this.#fieldNumber = fieldNumber;
    this.#constants = constants;
  }

  /** The nodes so far, as fields of their graph. */
  get bytes(): Uint8Array {
    return this.#nodes.written.slice();
  }

  /** Adds a node, whose numbers become float32 constants, and returns the name of its result. */
  op(type: string, inputs: readonly (string | number)[], options: NodeOptions = {}): string {
    const names = inputs.map((input) => (typeof input === 'number' ? this.#constant(input) : input));
    const { output = this.newName(type) } = options;
    // Nodes and values have names of their own; those that are new are new to both.
    this.#add(type, names, output, options.output === undefined ? output : this.newName(`node_${type}`), options);
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
      this.#add('Constant', [], name, name, {
        attributes: [concat([field(1, 'value'), field(5, tensor), field(20, TENSOR)])],
      });
      this.#constants.set(float, name);
    }
    return name;
  }

  #add(type: string, inputs: readonly string[], output: string, name: string, options: NodeOptions): void {
    const { domain, doc, attributes = [] } = options;
    node.clear();
    for (const input of inputs) node.text(1, input);
    node.text(2, output);
    node.text(3, name);
    node.text(4, type);
    for (const attribute of attributes) node.field(5, attribute);
    if (doc) node.text(6, doc);
    if (domain) node.text(7, domain);
    this.#nodes.field(this.#fieldNumber, node.written);
  }

  /** A name that nothing in the model has. */
  newName(what: string): string {
    for (let i = this.#counts.get(what) ?? 0; ; i++) {
      const name = `${this.#base}_${what}${i === 0 ? '' : `_${i}`}`;
      if (this.#names.isTaken(name)) continue;
      this.#counts.set(what, i + 1);
      return name;
    }
  }
}
