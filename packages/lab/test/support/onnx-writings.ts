import { FLOAT32, GraphBuilder, integer } from '../../src/onnx-models/graph-builder.js';

const TENSOR = 4;
const FLOATS = 6;
const FLOAT = 1;
const INTEGERS = 7;

/** How a constant may be written, besides as an initializer or a Constant. */
export const CONSTANT_WRITINGS = [
  'initializer',
  'value',
  'value_float',
  'value_floats',
  'ConstantOfShape',
  'Expand',
  'CastLike',
  'Cast',
  'float64',
  'Reshape',
] as const;
export type ConstantWriting = (typeof CONSTANT_WRITINGS)[number];

/** What may be put between two nodes without changing anything. */
export const DETOURS = ['Identity', 'Transpose', 'Unsqueeze', 'Reshape', 'Flatten', 'Cast'] as const;
export type Detour = (typeof DETOURS)[number];

/** Chooses at random: a whole number below n. */
export type Choose = (n: number) => number;

/** Builds graphs whose constants, and whose ways from node to node, are written at random. x is float32 with two dimensions. */
export class RandomWriter extends GraphBuilder {
  readonly #choose: Choose;
  readonly #detours: readonly Detour[];
  readonly #writings: readonly ConstantWriting[];
  #plain = false;

  constructor(choose: Choose, writings: readonly ConstantWriting[], detours: readonly Detour[]) {
    super();
    this.#choose = choose;
    this.#writings = writings;
    this.#detours = detours;
  }

  override op(...given: Parameters<GraphBuilder['op']>): string {
    const [opType, inputs, ...rest] = given;
    if (this.#plain) return super.op(...given);
    const around = inputs.map((input, i) => {
      const condition = opType === 'Where' && i === 0; // no float
      const may = typeof input === 'string' && !condition && this.#detours.length > 0;
      return may && this.#choose(3) === 0 ? this.detour(input) : input;
    });
    // The bounds of Clip have to be scalars.
    const plain =
      opType === 'Clip' ? around.map((input) => (typeof input === 'number' ? super.constant(input) : input)) : around;
    return super.op(opType, plain, ...rest);
  }

  /** The same value by another name. */
  detour(x: string): string {
    const kind = this.#detours[this.#choose(this.#detours.length)];
    return this.#plainly(() => {
      if (kind === 'Identity') return this.op('Identity', [x]);
      if (kind === 'Cast') return this.cast(x, FLOAT32);
      if (kind === 'Transpose') return this.op('Transpose', [this.op('Transpose', [x])]);
      if (kind === 'Unsqueeze') return this.op('Squeeze', [this.op('Unsqueeze', [x, this.list(0)]), this.list(0)]);
      const flat =
        kind === 'Flatten' ? this.op('Flatten', [x], [integer('axis', 0)]) : this.op('Reshape', [x, this.list(-1)]);
      return this.op('Reshape', [flat, this.op('Shape', [x])]);
    });
  }

  override constant(number: number): string {
    const writing = this.#writings[this.#choose(this.#writings.length)];
    const attribute = (name: string, content: object): string => this.op('Constant', [], [{ name, ...content }]);
    return this.#plainly(() => {
      if (writing === 'value')
        return attribute('value', { t: tensor(FLOAT32, [], Float32Array.of(number)), type: TENSOR });
      if (writing === 'value_float') return attribute('value_float', { f: number, type: FLOAT });
      if (writing === 'value_floats') return attribute('value_floats', { floats: [number], type: FLOATS });
      if (writing === 'ConstantOfShape') {
        const value = { name: 'value', t: tensor(FLOAT32, [1], Float32Array.of(number)), type: TENSOR };
        return this.op('ConstantOfShape', [this.list(1, 1)], [value]);
      }
      if (writing === 'Expand') return this.op('Expand', [super.constant(number), this.op('Shape', ['x'])]);
      if (writing === 'CastLike') return this.op('CastLike', [super.constant(number), 'x']);
      if (writing === 'Cast') return this.cast(super.constant(number), FLOAT32);
      if (writing === 'float64') {
        const wide = attribute('value', { t: tensor(11, [], Float64Array.of(number)), type: TENSOR });
        return this.cast(wide, FLOAT32);
      }
      return writing === 'Reshape'
        ? this.op('Reshape', [super.constant(number), this.list(1, 1)])
        : super.constant(number);
    });
  }

  /** A list of integers. */
  list(...values: readonly number[]): string {
    return this.#plainly(() => this.op('Constant', [], [{ name: 'value_ints', ints: values, type: INTEGERS }]));
  }

  #plainly(build: () => string): string {
    const before = this.#plain;
    this.#plain = true;
    const name = build();
    this.#plain = before;
    return name;
  }
}

function tensor(dataType: number, dims: number[], values: { buffer: ArrayBufferLike }): object {
  return { dims, dataType, rawData: new Uint8Array(values.buffer) };
}
