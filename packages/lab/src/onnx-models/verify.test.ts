import { GeluRangeError, GeluTypeError } from 'gelu';
import { rewriteOnnx, verifyOnnx } from 'gelu/onnx';
import { beforeAll, expect, test } from 'vitest';
import { tinyBert } from '../../test/support/tiny-bert.js';
import { loadRuntime, type Runtime } from '../implementations/onnx.js';
import { withoutTraces } from '../implementations/traces.js';
import { FLOAT16 } from './graph-builder.js';
import { patternModel } from './pattern-model.js';
import { PATTERNS } from './patterns.js';

const runtimes = {} as Record<'node' | 'web', Runtime>;
beforeAll(async () => {
  for (const kind of ['node', 'web'] as const) runtimes[kind] = await withoutTraces(() => loadRuntime(kind));
});

test('an encoder: ids within its table, masks of ones, a difference of rounding', async () => {
  const bert = tinyBert();
  for (const kind of ['node', 'web'] as const) {
    const { passed, outputs, reason } = await rewriteOnnx(bert, { to: 'accurate' }).verify({ runtime: runtimes[kind] });
    expect([passed, reason]).toEqual([true, undefined]);
    expect(outputs).toMatchObject([{ name: 'last_hidden_state', dtype: 'float32', elements: 2 * 8 * 16 }]);
    expect(outputs[0].absolute).toBeLessThan(1e-5);
    expect(outputs[0].absolute).toBeGreaterThan(0); // the two were run
  }
});

test('dimensions and inputs as given; the same seed, the same numbers', async () => {
  const runtime = runtimes.node;
  const { bytes } = rewriteOnnx(tinyBert(), { to: 'accurate' });
  const call = (options: object) => verifyOnnx(tinyBert(), bytes(), { runtime, ...options });
  const [a, b, c] = [await call({ seed: 3 }), await call({ seed: 3 }), await call({ seed: 4 })];
  expect(a).toEqual(b);
  expect(c.outputs[0].before).not.toBe(a.outputs[0].before);
  const { outputs } = await call({ dims: { batch_size: 1, sequence_length: 3 } });
  expect(outputs[0].elements).toBe(48);
  const ids = new runtime.Tensor('int64', BigInt64Array.of(99n, 0n), [1, 2]);
  const bad = await call({ dims: { batch_size: 1, sequence_length: 2 }, inputs: { input_ids: ids } });
  expect(bad).toMatchObject({ passed: false, reason: expect.stringMatching(/^the original does not run .*indices/) });
});

test('another function does not pass, unless that is said', async () => {
  const model = patternModel(PATTERNS[0]);
  const rewrite = rewriteOnnx(model, { to: 'microsoft', variant: 'sigmoid' });
  const verified = await rewrite.verify({ runtime: runtimes.node });
  expect(verified).toMatchObject({ passed: false, reason: expect.stringMatching(/'y' differs by 0\.0.* is allowed/) });
  const [{ at, before, after, absolute }] = verified.outputs;
  expect(at).toBeGreaterThanOrEqual(0);
  expect(Math.abs(before - after)).toBe(absolute);
  expect((await rewrite.verify({ runtime: runtimes.node, tolerance: 1 })).passed).toBe(true);
});

test('what the runtime refuses is told', async () => {
  const runtime = runtimes.node;
  const early = patternModel({ build: (g, x) => g.op('Gelu', [x]) }); // at opset 17
  const fine = patternModel(PATTERNS[0]);
  expect((await verifyOnnx(early, fine, { runtime })).reason).toMatch(/^the runtime refuses the original: .*Gelu/);
  expect((await verifyOnnx(fine, early, { runtime })).reason).toMatch(/^the runtime refuses the result: .*Gelu/);
  const wider = patternModel({ build: (g, x) => g.op('Concat', [x, x], [{ name: 'axis', i: 0, type: 2 }]) });
  expect(await verifyOnnx(fine, wider, { runtime })).toMatchObject({
    passed: false,
    outputs: [{ relative: Infinity }],
  });
});

test('float16 is compared as numbers', async () => {
  const model = patternModel(PATTERNS[0], { dtype: FLOAT16 });
  const { passed, outputs, tolerance } = await rewriteOnnx(model, { to: 'gelu' }).verify({ runtime: runtimes.node });
  expect([passed, tolerance]).toEqual([true, 1e-2]);
  expect(outputs[0].absolute).toBeLessThan(0.01);
});

test('bad arguments', async () => {
  const model = patternModel(PATTERNS[0]);
  const runtime = runtimes.node;
  await expect(verifyOnnx(model, model, { runtime: {} as never })).rejects.toThrow(GeluTypeError);
  await expect(verifyOnnx(7 as never, model, { runtime })).rejects.toThrow(/'before' must be a Uint8Array or a path/);
  await expect(verifyOnnx(model, model, { runtime, tolerance: -1 })).rejects.toThrow(GeluRangeError);
  await expect(verifyOnnx(model, model, { runtime, dims: { n: 1.5 } })).rejects.toThrow(/dims\.n/);
  await expect(verifyOnnx(model, model, { runtime, seeds: 1 } as never)).rejects.toThrow(/seeds/);
});
