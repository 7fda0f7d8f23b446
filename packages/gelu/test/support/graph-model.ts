import type { io } from '@tensorflow/tfjs-core';
import type { NodeDef } from '../../src/tfjs/graph/model.js';

type Attr = NonNullable<NodeDef['attr']>[string];

/** Writes graphs as TensorFlow.js's converter does: constants among the weights, attributes as protobuf's JSON has them. */
export class GraphBuilder {
  readonly nodes: NodeDef[] = [];
  readonly weights: { name: string; shape: number[]; values: Float32Array }[] = [];
  readonly prefix: string;
  /** In functions a value is written 'node:output:index'. */
  readonly #suffix: string;

  constructor(prefix = '', inFunction = false) {
    this.prefix = prefix;
    this.#suffix = inFunction ? ':y:0' : '';
  }

  op(op: string, input: readonly string[], attr: { readonly [name: string]: Attr } = {}, name?: string): string {
    const own = name ?? `${this.prefix}${op}_${this.nodes.length}`;
    this.nodes.push({ name: own, op, input, attr: { T: { type: 'DT_FLOAT' }, ...attr } });
    return own + this.#suffix;
  }

  placeholder(name = 'x', shape: readonly number[] = [-1], type = 'DT_FLOAT'): string {
    const dim = shape.map((size) => ({ size: String(size) }));
    const attr = { dtype: { type }, shape: { shape: { dim } } as unknown as Attr };
    this.nodes.push({ name, op: 'Placeholder', attr });
    return name;
  }

  constant(value: number | readonly number[], shape: number[] = []): string {
    const name = `${this.prefix}Const_${this.nodes.length}`;
    const size = shape.reduce((a, b) => a * b, 1);
    const values = typeof value === 'number' ? new Float32Array(size).fill(value) : Float32Array.from(value);
    this.weights.push({ name, shape, values });
    this.nodes.push({ name, op: 'Const', attr: { dtype: { type: 'DT_FLOAT' } } });
    return name + this.#suffix;
  }

  unary(op: string): (a: string) => string {
    return (a) => this.op(op, [a]);
  }

  binary(op: string): (a: string | number, b: string | number) => string {
    return (a, b) =>
      this.op(
        op,
        [a, b].map((v) => (typeof v === 'number' ? this.constant(v) : v)),
      );
  }
}

/** What a handler of TensorFlow.js loads. */
export function artifacts(
  graph: GraphBuilder,
  outputs: readonly string[] | undefined,
  library: readonly object[] = [],
  more: readonly GraphBuilder[] = [],
): io.ModelArtifacts {
  const weights = [graph, ...more].flatMap((g) => g.weights);
  const data = new Float32Array(weights.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const { values } of weights) {
    data.set(values, at);
    at += values.length;
  }
  const names = outputs?.map((name) => [name, { name: `${name}:0` }]);
  return {
    format: 'graph-model',
    modelTopology: {
      node: graph.nodes,
      ...(library.length > 0 && { library: { function: library } }),
      versions: { producer: 1482 },
    },
    weightSpecs: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' as const })),
    weightData: data.buffer,
    ...(names && { signature: { outputs: Object.fromEntries(names) } }),
  };
}

type Ops = ReturnType<typeof opsOf>;

function opsOf(g: GraphBuilder) {
  const [add, sub, mul, div, pow] = ['AddV2', 'Sub', 'Mul', 'RealDiv', 'Pow'].map((op) => g.binary(op));
  const [erf, erfc, tanh, sigmoid, exp, neg, square, softplus, relu6] = words(
    'Erf Erfc Tanh Sigmoid Exp Neg Square Softplus Relu6',
  ).map((op) => g.unary(op));
  return { g, add, sub, mul, div, pow, erf, erfc, tanh, sigmoid, exp, neg, square, softplus, relu6 };
}

const words = (text: string): string[] => text.split(' ');

/** Activations as converters write them: what each is, and the steps from x to it. */
export const PATTERNS: readonly {
  readonly title: string;
  readonly activation: string;
  readonly parameters?: { readonly [name: string]: string | number };
  readonly build: (o: Ops, x: string) => string;
}[] = [
  {
    title: 'Keras’s erf',
    activation: 'gelu',
    build: (o, x) => o.mul(o.mul(0.5, x), o.add(1, o.erf(o.div(x, Math.SQRT2)))),
  },
  {
    title: 'PyTorch’s erf',
    activation: 'gelu',
    build: (o, x) => o.mul(o.mul(x, o.add(o.erf(o.mul(x, Math.SQRT1_2)), 1)), 0.5),
  },
  {
    title: 'x·cdf',
    activation: 'gelu',
    build: (o, x) => o.mul(x, o.mul(0.5, o.add(1, o.erf(o.div(x, Number('1.4142')))))),
  },
  {
    title: '½x + ½x·erf',
    activation: 'gelu',
    build: (o, x) => {
      const h = o.mul(x, 0.5);
      return o.add(h, o.mul(h, o.erf(o.mul(Math.SQRT1_2, x))));
    },
  },
  { title: 'erfc', activation: 'gelu', build: (o, x) => o.mul(o.mul(0.5, x), o.erfc(o.div(o.neg(x), Math.SQRT2))) },
  {
    title: '1 − erf(−…)',
    activation: 'gelu',
    build: (o, x) => o.mul(o.mul(x, 0.5), o.sub(1, o.erf(o.mul(x, -Math.SQRT1_2)))),
  },
  {
    title: 'tanh with Pow',
    activation: 'gelu',
    parameters: { approximate: 'tanh' },
    build: (o, x) =>
      o.mul(o.mul(0.5, x), o.add(1, o.tanh(o.mul(0.7978845608, o.add(x, o.mul(0.044715, o.pow(x, 3))))))),
  },
  {
    title: 'tanh with products',
    activation: 'gelu',
    parameters: { approximate: 'tanh' },
    build: (o, x) =>
      o.mul(x, o.mul(0.5, o.add(o.tanh(o.mul(o.mul(x, 0.79788456), o.add(o.mul(o.square(x), 0.044715), 1))), 1))),
  },
  {
    title: 'tanh by σ',
    activation: 'gelu',
    parameters: { approximate: 'tanh' },
    build: (o, x) => o.mul(x, o.sigmoid(o.mul(1.5957691216, o.add(x, o.mul(o.mul(x, o.square(x)), 0.044715))))),
  },
  {
    title: 'sigmoid',
    activation: 'gelu',
    parameters: { approximate: 'sigmoid' },
    build: (o, x) => o.mul(x, o.sigmoid(o.mul(1.702, x))),
  },
  {
    title: 'sigmoid by exp',
    activation: 'gelu',
    parameters: { approximate: 'sigmoid' },
    build: (o, x) => o.div(x, o.add(1, o.exp(o.mul(x, -1.702)))),
  },
  { title: 'SiLU', activation: 'silu', build: (o, x) => o.mul(x, o.sigmoid(x)) },
  {
    title: 'Swish',
    activation: 'silu',
    parameters: { beta: 1.7 },
    build: (o, x) => o.mul(o.sigmoid(o.mul(x, 1.7)), x),
  },
  { title: 'SiLU by exp', activation: 'silu', build: (o, x) => o.div(x, o.add(o.exp(o.neg(x)), 1)) },
  { title: 'Mish', activation: 'mish', build: (o, x) => o.mul(x, o.tanh(o.softplus(x))) },
  { title: 'Mish by log1p', activation: 'mish', build: (o, x) => o.mul(o.tanh(o.g.op('Log1p', [o.exp(x)])), x) },
  { title: 'HardSwish', activation: 'hardswish', build: (o, x) => o.mul(o.mul(x, o.relu6(o.add(x, 3))), 1 / 6) },
  {
    title: 'HardSwish by hard sigmoid',
    activation: 'hardswish',
    build: (o, x) => o.mul(x, o.div(o.relu6(o.add(3, x)), 6)),
  },
  {
    title: 'HardSwish by clipping',
    activation: 'hardswish',
    build: (o, x) =>
      o.mul(x, o.g.op('Minimum', [o.g.op('Maximum', [o.add(o.mul(x, 1 / 6), 0.5), o.g.constant(0)]), o.g.constant(1)])),
  },
];

/** A graph with one activation from the placeholder 'x'. */
export function patternGraph(
  build: (typeof PATTERNS)[number]['build'],
  g: GraphBuilder = new GraphBuilder(),
): {
  graph: GraphBuilder;
  y: string;
} {
  return { graph: g, y: build(opsOf(g), g.placeholder()) };
}

export const ops: (g: GraphBuilder) => Ops = opsOf;
