import type { Attribute } from '../read/attribute.js';
import type { Node } from '../read/graph.js';
import type { OnnxFile } from '../read/input.js';
import type { ValueType } from '../read/value.js';
import { WireReader } from '../read/wire.js';
import { tensorAttribute } from '../write/constant.js';
import { Emitter, type NodeOptions } from '../write/emitter.js';
import { concat, field } from '../write/message.js';
import type { Names } from '../write/names.js';

/** What is known of the values around a node. */
export interface Surroundings {
  type: (name: string) => ValueType | undefined;
  /** The elements of a value that is a small constant of numbers. */
  numbers: (name: string) => number[] | undefined;
  names: Names;
}

/** A node that is being converted to a higher version of its operator, and what has to stand before and after it. */
export class Draft {
  readonly node: Node;
  readonly around: Surroundings;
  op: string;
  inputs: string[];
  outputs: string[];
  /** Of an Upsample or Resize, if an attribute gave them. */
  scales: readonly number[] | undefined;
  readonly #before: Emitter;
  readonly #after: Emitter;
  readonly #dropped = new Set<string>();
  readonly #added: Uint8Array[] = [];
  #changed = false;

  constructor(node: Node, around: Surroundings) {
    this.node = node;
    this.around = around;
    this.op = node.op;
    this.inputs = [...node.inputs];
    this.outputs = [...node.outputs];
    const base = node.name || node.outputs.find((name) => name !== '') || node.op;
    this.#before = new Emitter(around.names, base, node.place.number, 'opset');
    this.#after = new Emitter(around.names, base, node.place.number, 'opset');
  }

  get changed(): boolean {
    return this.#changed;
  }

  /** An attribute that was not dropped. */
  attribute(name: string): Attribute | undefined {
    return this.#dropped.has(name) ? undefined : this.node.attributes.get(name);
  }

  has(name: string): boolean {
    return this.attribute(name) !== undefined;
  }

  type(i: number): ValueType | undefined {
    return this.around.type(this.inputs[i] ?? '');
  }

  drop(...names: readonly string[]): void {
    for (const name of names) {
      if (this.has(name)) this.#changed = true;
      this.#dropped.add(name);
    }
  }

  /** Adds an attribute, in place of one of this name. */
  set(name: string, bytes: Uint8Array): void {
    this.drop(name);
    this.#added.push(bytes);
    this.#changed = true;
  }

  rename(op: string): void {
    this.op = op;
    this.#changed = true;
  }

  setInput(i: number, name: string): void {
    while (this.inputs.length <= i) this.inputs.push('');
    this.inputs[i] = name;
    this.#changed = true;
  }

  /** A constant before the node. */
  constant(dtype: number, dims: readonly number[], values: readonly number[]): string {
    return this.before('Constant', [], { attributes: [tensorAttribute('value', dtype, dims, values)] });
  }

  before(op: string, inputs: readonly string[], options?: NodeOptions): string {
    this.#changed = true;
    return this.#before.op(op, inputs, options);
  }

  after(op: string, inputs: readonly string[], options?: NodeOptions): string {
    this.#changed = true;
    return this.#after.op(op, inputs, options);
  }

  newName(what: string): string {
    return this.#before.newName(what);
  }

  /** The nodes as fields of their graph. All that is not converted is as it was. */
  bytes(file: OnnxFile): Uint8Array {
    const { place, attributes } = this.node;
    const dropped = new Set([...this.#dropped].map((name) => attributes.get(name)?.place?.begin));
    const reader = new WireReader(file);
    const parts = [...this.inputs.map((name) => field(1, name)), ...this.outputs.map((name) => field(2, name))];
    for (const part of reader.fields(place.start, place.end)) {
      if (part.number < 3 || dropped.has(part.begin)) continue;
      parts.push(part.number === 4 ? field(4, this.op) : file.read(part.begin, part.end).slice());
    }
    parts.push(...this.#added.map((bytes) => field(5, bytes)));
    return concat([this.#before.bytes, field(place.number, concat(parts)), this.#after.bytes]);
  }
}
