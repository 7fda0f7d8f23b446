import fc from 'fast-check';
import { activation } from 'gelu';
import { inspectOnnx, type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { beforeAll, describe, expect, test } from 'vitest';
import { CONSTANT_WRITINGS, DETOURS, RandomWriter } from '../../test/support/onnx-writings.js';
import { loadRuntime, type Runtime } from '../implementations/onnx.js';
import { withoutTraces } from '../implementations/traces.js';
import { FLOAT32, GraphBuilder, value } from './graph-builder.js';
import { EXPONENTIAL_PATTERNS, OTHER_PATTERNS, PATTERNS } from './patterns.js';
import { encodeModel } from './schema.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await withoutTraces(() => loadRuntime('node'));
});

type Build = (g: GraphBuilder, x: string) => string;

/** A model of a matrix x to a matrix y. */
function model(build: Build, g: GraphBuilder = new GraphBuilder(), opset = 18): Uint8Array {
  const result = build(g, 'x');
  g.op('Identity', [result], [], '', 'y');
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: 'model',
      node: g.node,
      initializer: g.initializer,
      input: [value('x', FLOAT32, 2)],
      output: [value('y', FLOAT32, 2)],
    },
  });
}

const SHAPE = [7, 23];
const X = Float32Array.from({ length: 161 }, (_, i) => (i - 80) / 16);

async function run(bytes: Uint8Array): Promise<Float32Array> {
  const { InferenceSession, Tensor } = runtime;
  const session = await InferenceSession.create(bytes, { executionProviders: ['cpu'], logSeverityLevel: 4 });
  const { y } = await session.run({ x: new Tensor('float32', X, SHAPE) });
  await session.release();
  return y.data as Float32Array;
}

/** Largest difference of two arrays. */
const difference = (a: Float32Array, b: ArrayLike<number>): number =>
  a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);

const ALL = [
  ...[...PATTERNS, ...EXPONENTIAL_PATTERNS].map((pattern) => ({ ...pattern, activation: 'gelu' as const })),
  ...OTHER_PATTERNS.map((pattern) => ({ ...pattern, variant: undefined })),
];

/** Everything that is kept must say why; what is rewritten computes the same. */
async function rewriteAndCompare(
  bytes: Uint8Array,
  before: Float32Array,
  targets: readonly OnnxTarget[],
): Promise<number> {
  let rewrites = 0;
  for (const to of targets) {
    const { rewritten, kept, bytes: after } = rewriteOnnx(bytes, { to, activation: 'all' });
    for (const { reason } of kept) expect(reason).not.toBe('');
    if (rewritten.length === 0) expect(after()).toEqual(bytes);
    else {
      expect(difference(await run(after()), before), to).toBeLessThan(4e-6);
      rewrites++;
    }
  }
  return rewrites;
}

const TARGETS: readonly OnnxTarget[] = ['standard', 'microsoft', 'accurate', 'decomposed'];

describe.each(ALL)(
  '$name',
  ({ build, activation: name, variant, parameters }: (typeof ALL)[number] & { parameters?: object }) => {
    test('is found, and computes the same after a rewrite', async () => {
      const bytes = model(build);
      const { gelus, others, notUnderstood } = inspectOnnx(bytes);
      const [found] = [...gelus, ...others];
      expect([...gelus, ...others]).toHaveLength(1);
      expect(notUnderstood).toEqual([]);
      expect(found).toMatchObject({ activation: name, input: 'x', dtype: 'float32', shared: [] });
      expect(found.parameters).toEqual(variant === undefined ? parameters : { approximate: variant });
      const before = await run(bytes);
      const { evaluate } = activation(found.activation, found.parameters);
      expect(
        difference(
          before,
          Array.from(X, (x) => evaluate(0, x)),
        ),
      ).toBeLessThan(4e-6);
      expect(await rewriteAndCompare(bytes, before, TARGETS)).toBeGreaterThan(0);
    });

    test('however its constants are written and its values moved', async () => {
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(fc.nat(1e6)), async (stream) => {
          const choose = (n: number): number => (stream.next().value as number) % n;
          const bytes = model(build, new RandomWriter(choose, CONSTANT_WRITINGS, DETOURS));
          const { gelus, others } = inspectOnnx(bytes);
          expect([...gelus, ...others].map((found) => [found.activation, found.graph])).toEqual([[name, 'main']]);
          const before = await run(bytes);
          await rewriteAndCompare(bytes, before, [TARGETS[choose(4)]]);
        }),
        { numRuns: 8 },
      );
    });
  },
);
