import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasAdapter, nodeDevice } from '../../scripts/webgpu.mjs';
import { activations } from '../activations/index.js';
import * as core from '../index.js';
import { decode, FLOAT16 } from '../numerics/small-floats.js';
import { createGeluGPU, type GeluGPU, type GPUGatedUnit } from './index.js';

const USAGE = 0x80 | 0x08 | 0x04; // STORAGE, COPY_DST, COPY_SRC
const N = 1500;
const GATE = Float32Array.from({ length: N }, (_, i) => (i - 1000) / 100);
const VALUE = GATE.map((_, i) => Math.sin(i) * 3);
const G = GATE.map((x) => 1 + x / 50);
const X = Float32Array.from({ length: 2 * N }, (_, i) => Math.cos(i * i) * 6);
/** Bits of float16 of every size, no NaN. */
const halfBits = (seed: number) =>
  Uint16Array.from({ length: N }, (_, i) => ((i * seed) % 0x7c00) | (i % 3 ? 0x8000 : 0));

describe.skipIf(!hasAdapter && !process.env.CI)('gated units on the software adapter', () => {
  let device: GPUDevice;
  let gpu: GeluGPU;
  let swiglu: GPUGatedUnit;
  beforeAll(async () => {
    device = await nodeDevice();
    gpu = await createGeluGPU(device);
    swiglu = await gpu.gated('swiglu');
  });
  afterAll(() => device.destroy());

  function upload(data: Float32Array | Uint16Array): GPUBuffer {
    const buffer = device.createBuffer({ size: Math.ceil(data.byteLength / 4) * 4, usage: USAGE });
    const padded = new Uint8Array(buffer.size);
    padded.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    device.queue.writeBuffer(buffer, 0, padded);
    return buffer;
  }

  async function floats(buffer: GPUBuffer): Promise<Float32Array> {
    const back = device.createBuffer({ size: buffer.size, usage: 1 | 8 }); // MAP_READ, COPY_DST
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, back, 0, buffer.size);
    device.queue.submit([encoder.finish()]);
    await back.mapAsync(1);
    return new Float32Array(back.getMappedRange().slice(0));
  }

  function submit(work: (encoder: GPUCommandEncoder) => void): void {
    const encoder = device.createCommandEncoder();
    work(encoder);
    device.queue.submit([encoder.finish()]);
  }

  /** `of`: what the errors are relative to, where numbers cancel or results may be flushed. */
  function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, unit = 2 ** -20): void {
    expect(actual.length).toBe(expected.length);
    for (let i = 0; i < expected.length; i++)
      if (!(Math.abs(actual[i] - expected[i]) <= unit * Math.abs(expected[i]) + 2 ** -24))
        expect.fail(`element ${i}: ${actual[i]} instead of ${expected[i]}`);
  }

  const unitOf = (name: string) => (core as unknown as Record<string, core.GatedFunction<object>>)[name];
  const units = activations.flatMap(({ gated }) => gated?.name ?? []);

  test.each([['glu', {}], ...units.map((name) => [name, {}] as const), ['geglu', { approximate: 'tanh' }]] as const)(
    '%s %o: arrays and buffers, forward and backward',
    async (name, parameters) => {
      const f = await gpu.gated(name, parameters);
      const unit = unitOf(name);
      const { gradGate, gradValue } = unit.backward(G, GATE, VALUE, parameters);
      expectClose(await f.forward(GATE, VALUE), unit(GATE, VALUE, parameters));
      const gradients = await f.backward(G, GATE, VALUE);
      expectClose(gradients.gradGate, gradGate);
      expectClose(gradients.gradValue, gradValue);
      for (const layout of [
        { columns: 6 },
        { columns: 2 * N, order: 'gateFirst' },
        { shape: [5, 4, N / 10], dim: 1 },
      ] as const) {
        const own = { ...parameters, ...layout };
        expectClose(await f.forward(X, layout), unit(X, own));
        expectClose(await f.backward(G, X, layout), unit.backward(G, X, own));
      }
      const [gate, value, output, gradOutput] = [GATE, VALUE, G, G].map(upload);
      const [ofGate, ofValue, input, half, ofInput] = [G, G, X, G, X].map(upload);
      submit((encoder) => {
        f.encodeForward(encoder, { gate, value, output });
        const pass = encoder.beginComputePass();
        f.encodeBackward(pass, { gradOutput, gate, value, gradGate: ofGate, gradValue: ofValue });
        f.encodeForward(pass, { input, output: half, columns: 10 });
        f.encodeBackward(pass, { gradOutput, input, gradInput: ofInput, columns: 10 });
        pass.end();
      });
      expectClose(await floats(output), unit(GATE, VALUE, parameters));
      expectClose(await floats(ofGate), gradGate);
      expectClose(await floats(ofValue), gradValue);
      expectClose(await floats(half), unit(X, { ...parameters, columns: 10 }));
      expectClose(await floats(ofInput), unit.backward(G, X, { ...parameters, columns: 10 }));
    },
  );

  test('any activation as the gate; names in any spelling', async () => {
    expectClose(await (await gpu.gated('mish')).forward(GATE, VALUE), core.glu(GATE, VALUE, { activation: 'mish' }));
    expect((await gpu.gated('SwiGLU', { beta: 2 })).parameters).toEqual({ beta: 2 });
    expect((await gpu.gated()).activation).toBe('sigmoid');
    await expect(gpu.gated('geglo')).rejects.toThrow(core.GeluRangeError);
  });

  test('float16: the bits of the core, odd rows and ends among them', async () => {
    for (const name of ['geglu', 'reglu', 'bilinear']) {
      const f = await gpu.gated(name, {}, { dtype: 'float16' });
      const unit = unitOf(name);
      const dtype = 'float16';
      // A float32 error of 2 ULP may turn a rounding to float16 at a tie, then its product's: two steps of float16.
      const same = (actual: Uint16Array, expected: Uint16Array): void => {
        const numbers = (bits: Uint16Array) => Array.from(bits, (b) => decode(b, FLOAT16));
        const [a, e] = [numbers(actual), numbers(expected)];
        expect(a.length).toBe(e.length);
        let off = 0;
        for (let i = 0; i < a.length; i++) {
          if (Object.is(a[i] + 0, e[i] + 0)) continue;
          off++;
          if (!(Math.abs(a[i] - e[i]) <= 2 ** -9 * Math.abs(e[i]) + 2 ** -23))
            expect.fail(`element ${i}: ${a[i]} instead of ${e[i]}`);
        }
        expect(off).toBeLessThan(0.01 * a.length);
      };
      // 1,496 numbers are worked on four words at a time.
      for (const length of [1499, 1496]) {
        const [gate, value, g] = [37, 29, 101].map((seed) => halfBits(seed).subarray(0, length));
        same(await f.forward(gate, value), unit(gate, value, { dtype }));
        const { gradGate, gradValue } = unit.backward(g, gate, value, { dtype });
        const gradients = await f.backward(g, gate, value);
        same(gradients.gradGate, gradGate);
        same(gradients.gradValue, gradValue);
      }
      for (const layout of [{ columns: 6 }, { columns: 2 * 250, order: 'gateFirst' }] as const) {
        const x = Uint16Array.from([...halfBits(37), ...halfBits(53)]);
        same(await f.forward(x, layout), unit(x, { ...layout, dtype }));
        same(await f.backward(halfBits(7), x, layout), unit.backward(halfBits(7), x, { ...layout, dtype }));
      }
    }
  });

  test('in place: over gate or value, gradients over what is read, in either order', async () => {
    const expected = core.swiglu(GATE, VALUE);
    const { gradGate, gradValue } = core.swiglu.backward(G, GATE, VALUE);
    for (const over of ['gate', 'value'] as const) {
      const operands = { gate: upload(GATE), value: upload(VALUE) };
      submit((encoder) => swiglu.encodeForward(encoder, { ...operands, output: operands[over] }));
      expectClose(await floats(operands[over]), expected);
    }
    const allowed: [string | undefined, string | undefined][] = [
      ['gate', undefined],
      ['gradOutput', undefined],
      ['value', undefined],
      [undefined, 'value'],
      [undefined, 'gate'],
      ['value', 'gate'],
      ['value', 'gradOutput'],
    ];
    for (const [gateOver, valueOver] of allowed) {
      const read: Record<string, GPUBuffer> = { gradOutput: upload(G), gate: upload(GATE), value: upload(VALUE) };
      const [a, b] = [gateOver, valueOver].map((name) => (name === undefined ? upload(G) : read[name]));
      submit((encoder) => swiglu.encodeBackward(encoder, { ...read, gradGate: a, gradValue: b } as never));
      expectClose(await floats(a), gradGate);
      expectClose(await floats(b), gradValue);
    }
    const read = { gradOutput: upload(G), gate: upload(GATE), value: upload(VALUE) };
    const encoder = device.createCommandEncoder();
    expect(() => swiglu.encodeBackward(encoder, { ...read, gradGate: read.gate, gradValue: read.value })).toThrow(
      "'gradValue' must be memory apart from what is read, where 'gradGate' is not",
    );
  });

  test('parts of buffers, one buffer for all, in more than one dispatch', async () => {
    const all = new Float32Array(64 + 4 * N);
    all.set(GATE, 5);
    all.set(VALUE, 20 + N);
    const buffer = upload(all);
    const part = (at: number) => ({ buffer, offset: 4 * at, size: 4 * N });
    submit((encoder) =>
      swiglu.encodeForward(encoder, { gate: part(5), value: part(20 + N), output: part(40 + 2 * N) }),
    );
    const after = await floats(buffer);
    expectClose(after.subarray(40 + 2 * N, 40 + 3 * N), core.swiglu(GATE, VALUE));
    expect(after.subarray(0, 40 + 2 * N)).toEqual(all.subarray(0, 40 + 2 * N));
    // A device that binds little: parts, and rows that are never divided.
    const limits = {
      ...Object.fromEntries(
        Object.entries(Object.getOwnPropertyDescriptors(GPUSupportedLimits.prototype)).map(([k]) => [
          k,
          (device.limits as unknown as Record<string, unknown>)[k],
        ]),
      ),
      maxStorageBufferBindingSize: 4096,
    };
    const small = new Proxy(device, {
      get: (target, key) => {
        if (key === 'limits') return limits;
        const value = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const f = await (await createGeluGPU(small)).gated('swiglu');
    const [input, output, gradOutput, gradInput] = [X, G, G, X].map(upload);
    submit((encoder) => {
      f.encodeForward(encoder, { input, output, columns: 20 });
      f.encodeBackward(encoder, { gradOutput, input, gradInput, columns: 20 });
      expect(() => f.encodeForward(encoder, { input, output, columns: 2 * N })).toThrow("'columns' must be at most");
    });
    expectClose(await floats(output), core.swiglu(X, { columns: 20 }));
    expectClose(await floats(gradInput), core.swiglu.backward(G, X, { columns: 20 }));
    expectClose(await f.forward(GATE, VALUE), core.swiglu(GATE, VALUE));
    expectClose(await f.forward(X, { columns: 20 }), core.swiglu(X, { columns: 20 }));
  });

  test('NaN and ∞; empty arrays; out', async () => {
    const gate = Float32Array.of(Number.NaN, Infinity, -Infinity, 1, 2);
    const value = Float32Array.of(1, 2, 3, -Infinity, Number.NaN);
    const geglu = await gpu.gated('geglu');
    expect(Array.from(await geglu.forward(gate, value), (v) => v + 0)).toEqual([
      Number.NaN,
      Infinity,
      0,
      -Infinity,
      Number.NaN,
    ]);
    expect(await swiglu.forward(new Float32Array(0), new Float32Array(0))).toEqual(new Float32Array(0));
    expect(await swiglu.forward(new Float32Array(0), { columns: 4 })).toEqual(new Float32Array(0));
    expect(await swiglu.forward(new Float32Array(0), { shape: [0, 4] })).toEqual(new Float32Array(0));
    const own = GATE.slice();
    expect(await swiglu.forward(own, VALUE, { out: own })).toBe(own);
    expectClose(own, core.swiglu(GATE, VALUE));
  });

  test('bad input: named, and nothing is encoded', async () => {
    const any = (value: unknown) => value as never;
    const [buffer, small] = [upload(X), upload(X.subarray(0, 4))];
    const encoder = device.createCommandEncoder();
    const forward = (operands: object) => () => swiglu.encodeForward(encoder, any(operands));
    expect(forward({ gate: buffer, value: small, output: buffer })).toThrow("'value' must be at least");
    expect(forward({ gate: buffer, value: buffer, output: small })).toThrow("'output' must be at least");
    expect(forward({ gate: buffer, value: buffer })).toThrow("'output' must be a GPUBuffer");
    expect(forward({ input: buffer, output: small, columns: 4 })).toThrow("'output' must be at least");
    expect(forward({ input: buffer, output: buffer, columns: 4 })).toThrow(
      "'output' must be memory apart from 'input'",
    );
    expect(forward({ input: buffer, output: upload(X) })).toThrow("'columns' must be the size");
    expect(forward({ input: buffer, output: upload(X), columns: 3 })).toThrow("'columns' must be even");
    expect(forward({ input: buffer, output: upload(X), shape: [3, 2], dim: 1 })).toThrow("'shape' must be whole sizes");
    expect(forward({ input: buffer, output: upload(X), columns: 4, axis: 1 })).toThrow('operands.axis');
    expect(() => swiglu.encodeForward(encoder, any(null))).toThrow(core.GeluTypeError);
    expect(() => swiglu.encodeForward(any({}), any({ gate: buffer, value: buffer, output: buffer }))).toThrow(
      "'encoder'",
    );
    await expect(swiglu.forward(GATE, VALUE.subarray(1))).rejects.toThrow("'value' must be of length");
    await expect(swiglu.forward(GATE, any(new Float64Array(N)))).rejects.toThrow("'value' must be a Float32Array");
    await expect(swiglu.forward(any(new Float64Array(2)), any(new Float64Array(2)))).rejects.toThrow(
      "'gate' must be a",
    );
    await expect(swiglu.forward(any([1]), any([1]))).rejects.toThrow("'gate' must be a");
    await expect(swiglu.forward(X, { columns: 7 })).rejects.toThrow("'columns'");
    await expect(swiglu.forward(X, any(undefined))).rejects.toThrow("'columns'");
    await expect(swiglu.forward(X, { columns: 2, out: X.subarray(0, N) })).rejects.toThrow('memory apart');
    await expect(swiglu.backward(G.subarray(1), X, { columns: 2 })).rejects.toThrow("'gradOutput' must be of length");
    await expect(gpu.gated('swiglu', {}, { dtype: any('float64') })).rejects.toThrow("'dtype' must be");
  });
});
