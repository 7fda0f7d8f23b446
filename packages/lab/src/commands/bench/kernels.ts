import { allocate, biasGelu, biasGeluBackward, free, gelu, geluBackward, geluDerivative } from 'gelu';
import type { GeluPool } from 'gelu/threads';
import { FORMS } from '../../implementations/forms.js';
import type { Implementation, Run } from '../../implementations/types.js';
import { packageVersion } from '../../run/versions.js';

const IMPLEMENTATION = 'gelu (this library)';

function kernel(form: string, prepare: (input: Float32Array) => Run['run'] | Run): Implementation {
  return {
    implementation: IMPLEMENTATION,
    version: packageVersion('gelu'),
    form,
    approximate: 'none',
    value: async (input) => gelu(input),
    prepare: async (input) => {
      const run = prepare(input);
      return typeof run === 'function' ? { run, dispose: () => {} } : run;
    },
  };
}

const PRECISIONS = ['correct', 'fast'] as const;

/** The float32 kernels on one thread: what each costs beside the plain forward pass. */
export const FLOAT32_KERNELS: readonly Implementation[] = PRECISIONS.flatMap((precision) => [
  ...FORMS.map((approximate) =>
    kernel(`${precision} ${approximate}`, (x) => {
      const out = new Float32Array(x.length);
      return () => void gelu(x, { approximate, precision, out });
    }),
  ),
  inside(precision),
  kernel(`${precision} none, in place`, (x) => {
    const array = x.slice();
    return () => void gelu(array, { precision, out: array });
  }),
  kernel(`${precision} derivative`, (x) => {
    const out = new Float32Array(x.length);
    return () => void geluDerivative(x, { precision, out });
  }),
  kernel(`${precision} backward`, (x) => {
    const [out, gradient] = [new Float32Array(x.length), x.map((v) => v / 3)];
    return () => void geluBackward(gradient, x, { precision, out });
  }),
  kernel(`${precision} bias + gelu`, (x) => {
    const [out, bias] = [new Float32Array(x.length), biasFor(x)];
    return () => void biasGelu(x, bias, { precision, out });
  }),
  kernel(`${precision} bias + gelu, backward`, (x) => {
    const [out, gradient, bias] = [new Float32Array(x.length), x.map((v) => v / 3), biasFor(x)];
    return () => void biasGeluBackward(gradient, x, bias, { precision, out });
  }),
]);

/** Input and output in WebAssembly's memory: nothing is staged. */
function inside(precision: 'correct' | 'fast'): Implementation {
  return kernel(`${precision} none, allocated`, (input) => {
    const [x, out] = [allocate('float32', input.length), allocate('float32', input.length)];
    x.set(input);
    return {
      run: () => void gelu(x, { precision, out }),
      dispose: () => {
        free(x);
        free(out);
      },
    };
  });
}

/** The forward pass only, for every size. */
export const FORWARD: readonly Implementation[] = FLOAT32_KERNELS.filter(({ form }) =>
  /none(, allocated)?$/.test(form),
);

/** The other types of number. */
export const OTHER_TYPES: readonly Implementation[] = [
  kernel('float64 none', (input) => {
    const [x, out] = [Float64Array.from(input), new Float64Array(input.length)];
    return () => void gelu(x, { out });
  }),
  kernel('float64 tanh', (input) => {
    const [x, out] = [Float64Array.from(input), new Float64Array(input.length)];
    return () => void gelu(x, { out, approximate: 'tanh' });
  }),
  kernel('float64 backward', (input) => {
    const [x, out] = [Float64Array.from(input), new Float64Array(input.length)];
    const gradient = x.map((v) => v / 3);
    return () => void geluBackward(gradient, x, { out });
  }),
  ...(['float16', 'bfloat16'] as const).map((dtype) =>
    kernel(`${dtype} none`, (input) => {
      // The upper halves of the float32 are bfloat16; as float16 they are other numbers, as many and as varied.
      const x = new Uint16Array(input.length);
      const halves = new Uint16Array(input.buffer, input.byteOffset, 2 * input.length);
      for (let i = 0; i < x.length; i++) x[i] = halves[2 * i + 1];
      const out = new Uint16Array(input.length);
      return () => void gelu(x, { dtype, out });
    }),
  ),
  kernel('int8 none', (input) => {
    const [x, out] = [Int8Array.from(input, (v) => v * 20), new Int8Array(input.length)];
    return () => void gelu(x, { quantization: { scale: 0.05, zeroPoint: 0 }, out });
  }),
];

/** The forward pass on a pool of threads, arrays in shared memory. */
export function threaded(pool: GeluPool, threads: number): Implementation[] {
  return PRECISIONS.map((precision) => ({
    ...kernel(`${precision} none, ${threads} threads`, () => () => {}),
    prepare: async (input) => {
      const [x, out] = [shared(input.length), shared(input.length)];
      x.set(input);
      return { run: async () => void (await pool.gelu(x, { precision, out })), dispose: () => {} };
    },
  }));
}

const shared = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * length));

/** A bias for rows of at most 768, the width of the small transformers. */
function biasFor(x: Float32Array): Float32Array {
  let columns = Math.min(768, x.length);
  while (x.length % columns !== 0) columns--;
  return Float32Array.from({ length: columns }, (_, i) => Math.sin(i));
}
