const FLOAT_ATTRIBUTE = 1;
const INTEGER_ATTRIBUTE = 2;
const STRING_ATTRIBUTE = 3;
const TENSOR_ATTRIBUTE = 4;
export const FLOAT32 = 1;
export const FLOAT16 = 10;
export const FLOAT64 = 11;

export const float = (name: string, f: number): object => ({ name, f, type: FLOAT_ATTRIBUTE });
export const integer = (name: string, i: number): object => ({ name, i, type: INTEGER_ATTRIBUTE });
export const string = (name: string, s: string): object => ({
  name,
  s: new TextEncoder().encode(s),
  type: STRING_ATTRIBUTE,
});

/** A vector, or a tensor of `rank` dimensions. */
export function value(name: string, elemType: number = FLOAT32, rank: number = 1): object {
  const dim = Array.from({ length: rank }, (_, i) => ({ dimParam: rank === 1 ? 'n' : `n${i}` }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

/** How the constants of a graph are written. */
export interface ConstantStyle {
  as: 'initializer' | 'node';
  shape: 'scalar' | 'one';
  dtype: number;
}

/** Builds the nodes of a graph, one call for each. */
export class GraphBuilder {
  readonly node: object[] = [];
  readonly initializer: object[] = [];
  readonly #style: ConstantStyle;
  readonly #prefix: string;
  #count = 0;

  constructor(style: Partial<ConstantStyle> = {}, prefix = '') {
    this.#style = { as: 'initializer', shape: 'scalar', dtype: FLOAT32, ...style };
    this.#prefix = prefix;
  }

  /** Adds a node, whose numbers become constants, and returns the name of its result. */
  op(
    opType: string,
    inputs: readonly (string | number)[],
    attribute: object[] = [],
    domain = '',
    output = `${this.#prefix}${opType}_${++this.#count}`,
  ): string {
    const input = inputs.map((given) => (typeof given === 'number' ? this.constant(given) : given));
    this.node.push({ name: `/${output}`, opType, input, output: [output], attribute, domain });
    return output;
  }

  /** Of its constants. */
  get dtype(): number {
    return this.#style.dtype;
  }

  constant(number: number): string {
    return this.tensor(number, this.#style.shape === 'one' ? [1] : []);
  }

  /** A constant of one element. */
  tensor(number: number, dims: readonly number[]): string {
    const name = `${this.#prefix}c${++this.#count}`;
    const { as, dtype } = this.#style;
    const tensor = { dims, dataType: dtype, rawData: raw(number, dtype) };
    if (as === 'initializer') this.initializer.push({ ...tensor, name });
    else
      this.node.push({
        name: `/${name}`,
        opType: 'Constant',
        output: [name],
        attribute: [{ name: 'value', t: tensor, type: TENSOR_ATTRIBUTE }],
      });
    return name;
  }

  cast(input: string, to: number): string {
    return this.op('Cast', [input], [integer('to', to)]);
  }
}

function raw(number: number, dtype: number): Uint8Array {
  if (dtype === FLOAT32) return new Uint8Array(Float32Array.of(number).buffer);
  if (dtype === FLOAT64) return new Uint8Array(Float64Array.of(number).buffer);
  return new Uint8Array(Uint16Array.of(float16(number)).buffer);
}

/** The bits of the float16 nearest to a normal number. */
function float16(number: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(number)));
  const units = Math.round(Math.abs(number) * 2 ** (10 - exponent));
  return (number < 0 ? 0x8000 : 0) + ((exponent + 15) << 10) + units - 1024;
}
