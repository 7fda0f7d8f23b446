import { gelu } from 'gelu';
import { beforeAll, describe, expect, it } from 'vitest';
import { measureAccuracy } from './accuracy.js';
import { FORMS } from './forms.js';
import { onnxModel } from './onnx-model.js';
import { loadImplementations, SOURCES } from './sources.js';
import { measureSpeed } from './speed.js';
import { withoutTraces } from './traces.js';
import type { AccuracyResult, Measured, Missing } from './types.js';

/** The adapter is an export of its own, which may not be built. */
const unexpected = ({ implementation }: Missing) => !implementation.startsWith('gelu/jax');

describe('measureAccuracy', () => {
  let measured: Measured<AccuracyResult>;
  const fractions: number[] = [];
  beforeAll(async () => {
    measured = await measureAccuracy({ points: 4096, seed: 2, onProgress: (fraction) => fractions.push(fraction) });
  });
  const of = (implementation: string, form: string): AccuracyResult => {
    const found = measured.results.find((r) => r.implementation.startsWith(implementation) && r.form.startsWith(form));
    if (found === undefined) throw new Error(`${implementation}, ${form} was not measured`);
    return found;
  };

  it('measures all that is installed', () => {
    expect(measured.missing.filter(unexpected)).toEqual([]);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it.each(FORMS)('finds this library correctly rounded: %s', (form) => {
    const ours = of('gelu (this', form);
    expect(ours.worstUlp).toBeLessThanOrEqual(0.5 + 1e-7);
    expect(ours.firstZero).toBeNull();
    expect(ours.atMinusInfinity).toBe(-0);
    expect(ours.gradient?.nanCount).toBe(0);
    expect(ours.gradient?.worstUlpOfLargerAddend).toBeLessThanOrEqual(0.5 + 1e-7);
  });

  // The defects that are known of the others; a repaired release shows up here.
  it.each(['TensorFlow.js cpu', 'TensorFlow.js wasm', 'ONNX Runtime node', 'ONNX Runtime web'])(
    'finds the tail of the exact form flushed to 0: %s',
    (implementation) => {
      const { firstZero, flushedShare, worstRelative, atMinusInfinity } = of(implementation, 'none');
      expect(firstZero).toBeLessThan(-5.4);
      expect(firstZero).toBeGreaterThan(-5.7);
      expect(flushedShare).toBeGreaterThan(0.5);
      expect(worstRelative).toBeGreaterThanOrEqual(1);
      expect(atMinusInfinity).toBeNaN();
    },
  );

  it.each(['TensorFlow.js cpu', 'TensorFlow.js wasm', 'jax-js'])(
    'finds NaN gradients of the tanh form: %s',
    (subject) => {
      const { gradient } = of(subject, 'tanh');
      expect(gradient?.nanCount).toBeGreaterThan(100);
      expect(Math.abs(gradient?.firstNan ?? 0)).toBeGreaterThan(1e10);
    },
  );

  it('finds the wrong sign of the tanh form', () => {
    expect(of('ONNX Runtime node', 'tanh').worstRelative).toBeGreaterThan(2);
  });

  it('finds no gradient where there is none', () => {
    expect(of('ONNX Runtime web', 'none').gradient).toBeNull();
  });
});

it('computes GELU with every implementation', async () => {
  const { results: implementations } = await loadImplementations(SOURCES);
  const x = Float32Array.of(-3, -1, -0.5, 0, 0.5, 1, 3, 4);
  for (const { implementation, form, approximate, value, gradient } of implementations) {
    const expected = gelu(x, { approximate });
    const y = await value(x);
    for (let i = 0; i < x.length; i++)
      expect(Math.abs(y[i] - expected[i]), `${implementation}, ${form} at ${x[i]}`).toBeLessThan(2e-5);
    if (gradient) expect((await gradient(x))[3]).toBeCloseTo(0.5, 5);
  }
});

it('lists what does not load and goes on', async () => {
  const broken = { implementation: 'broken', load: () => Promise.reject(new Error('not installed\nstack')) };
  const { results, missing } = await loadImplementations([broken, SOURCES[0]]);
  expect(missing).toEqual([{ implementation: 'broken', reason: 'not installed' }]);
  expect(results.length).toBe(3);
});

it('leaves nothing behind in the process', async () => {
  const { listeners } = await withoutTraces(async () => {
    const before = process.listenerCount('uncaughtException');
    process.on('uncaughtException', () => {});
    Object.assign(globalThis, { Worker: class {} });
    return { listeners: before };
  });
  await loadImplementations(SOURCES);
  expect('Worker' in globalThis).toBe(false);
  expect(process.listenerCount('uncaughtException')).toBe(listeners);
});

it('times every implementation relative to the memory copy', async () => {
  const { results, missing } = await measureSpeed({ elements: 4096, repeats: 2 });
  expect(missing.filter(unexpected)).toEqual([]);
  expect(results[0]).toMatchObject({ implementation: 'memory copy', ratioToCopy: 1 });
  expect(results.length).toBeGreaterThan(15);
  for (const { gelemPerSecond, median, ratioToCopy } of results) {
    expect(gelemPerSecond).toBeGreaterThanOrEqual(median);
    expect(ratioToCopy).toBeCloseTo(gelemPerSecond / results[0].gelemPerSecond, 10);
  }
});

it('writes a model with its operator and attributes', () => {
  const text = new TextDecoder('latin1').decode(
    onnxModel({ op: 'QuickGelu', domain: 'com.microsoft', attributes: { alpha: 1.702 } }),
  );
  for (const part of ['QuickGelu', 'com.microsoft', 'alpha']) expect(text).toContain(part);
});
