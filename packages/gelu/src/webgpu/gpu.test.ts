import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasAdapter, nodeDevice } from '../../scripts/webgpu.mjs';
import { gelu, geluBackward, geluDerivative } from '../functions/gelu.js';
import {
  createGeluGPU,
  type GeluGPU,
  GeluRangeError,
  GeluStateError,
  GeluTypeError,
  type GPUActivation,
} from './index.js';

const Resizable = ArrayBuffer as unknown as new (
  size: number,
  options: { maxByteLength: number },
) => ArrayBuffer & { resize(size: number): void };
const USAGE = 0x80 | 0x08 | 0x04; // STORAGE, COPY_DST, COPY_SRC
const X = Float32Array.from({ length: 1500 }, (_, i) => (i - 1000) / 100);
const G = X.map((x) => 1 + x / 50);

describe.skipIf(!hasAdapter && !process.env.CI)('gelu/webgpu on the software adapter', () => {
  let device: GPUDevice;
  let gpu: GeluGPU;
  let f: GPUActivation;

  beforeAll(async () => {
    device = await nodeDevice();
    gpu = await createGeluGPU(device);
    f = await gpu.activation('gelu');
  });
  afterAll(() => device.destroy());

  function upload(data: Float32Array | Uint16Array, on = device): GPUBuffer {
    const buffer = on.createBuffer({ size: data.byteLength, usage: USAGE });
    on.queue.writeBuffer(buffer, 0, data as Float32Array<ArrayBuffer>);
    return buffer;
  }

  async function read(buffer: GPUBuffer, offset: number, size: number, on = device): Promise<ArrayBuffer> {
    const back = on.createBuffer({ size, usage: 1 | 8 }); // MAP_READ, COPY_DST
    const encoder = on.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, offset, back, 0, size);
    on.queue.submit([encoder.finish()]);
    await back.mapAsync(1);
    const copy = back.getMappedRange().slice(0);
    back.destroy();
    return copy;
  }

  function submit(work: (encoder: GPUCommandEncoder) => void, on = device): void {
    const encoder = on.createCommandEncoder();
    work(encoder);
    on.queue.submit([encoder.finish()]);
  }

  const floats = async (buffer: GPUBuffer, offset = 0, size = buffer.size): Promise<Float32Array> =>
    new Float32Array(await read(buffer, offset, size));

  function expectClose(actual: Float32Array, expected: Float32Array): void {
    expect(actual.length).toBe(expected.length);
    actual.forEach((y, i) => {
      if (!(Math.abs(y - expected[i]) <= 2 ** -21 * Math.abs(expected[i]) + 2 ** -28))
        expect.fail(`element ${i}: ${y} instead of ${expected[i]}`);
    });
  }

  test('buffers: forward and backward among other work', async () => {
    const [input, output, gradOutput, gradInput] = [X, X, G, X].map((data) => upload(data));
    submit((encoder) => {
      f.encodeForward(encoder, { input, output });
      const pass = encoder.beginComputePass();
      f.encodeBackward(pass, { gradOutput, input, gradInput });
      pass.end();
    });
    expectClose(await floats(output), gelu(X));
    expectClose(await floats(gradInput), geluBackward(G, X));
    expect(await floats(input)).toEqual(X);
  });

  test('buffers: in place, and over either operand of the backward pass', async () => {
    const [data, g1, x1, g2, x2] = [X, G, X, G, X].map((array) => upload(array));
    submit((encoder) => {
      f.encodeForward(encoder, { input: data, output: data });
      f.encodeBackward(encoder, { gradOutput: g1, input: x1, gradInput: g1 });
      f.encodeBackward(encoder, { gradOutput: g2, input: x2, gradInput: x2 });
    });
    expectClose(await floats(data), gelu(X));
    expectClose(await floats(g1), geluBackward(G, X));
    expectClose(await floats(x2), geluBackward(G, X));
    submit((encoder) => f.encodeBackward(encoder, { gradOutput: x1, input: x1, gradInput: x1 }));
    expectClose(await floats(x1), geluBackward(X, X));
  });

  test.each([
    [4, 4000, 1],
    [260, 12, 37],
    [0, 2396, 599],
    [1024, 516, 100],
  ])('one buffer, from byte %i to byte %i, %i elements; nothing else is written', async (from, to, n) => {
    const buffer = upload(X);
    submit((encoder) =>
      f.encodeForward(encoder, {
        input: { buffer, offset: from, size: 4 * n },
        output: { buffer, offset: to, size: 4 * n },
      }),
    );
    const expected = X.slice();
    expected.set(gelu(X.slice(from / 4, from / 4 + n)), to / 4);
    expectClose(await floats(buffer), expected);
  });

  test('empty ranges do nothing', async () => {
    const buffer = upload(X);
    submit((encoder) => f.encodeForward(encoder, { input: { buffer, size: 0 }, output: { buffer, offset: 8 } }));
    expect(await floats(buffer)).toEqual(X);
    expect(await f.forward(new Float32Array(0))).toEqual(new Float32Array(0));
  });

  test('more than 65,535 workgroups, and more than a binding holds, in place', async () => {
    const limit = 2 ** 28 + 2 ** 16;
    const large = await nodeDevice({ maxBufferSize: limit, maxStorageBufferBindingSize: limit });
    const sizes = [
      [large, 2 ** 28 + 1024], // 65,536.25 groups
      [device, 2 ** 27 + 2048], // by default a binding has up to 2²⁷ bytes
    ] as const;
    for (const [on, bytes] of sizes) {
      const relu = await (await createGeluGPU(on)).activation('reluSquared');
      const buffer = on.createBuffer({ size: bytes, usage: USAGE });
      const places = [0, bytes / 2, bytes - X.byteLength];
      for (const place of places) on.queue.writeBuffer(buffer, place, X as Float32Array<ArrayBuffer>);
      submit((encoder) => relu.encodeForward(encoder, { input: buffer, output: buffer }), on);
      for (const place of places)
        expectClose(
          new Float32Array(await read(buffer, place, X.byteLength, on)),
          X.map((x) => (x > 0 ? x * x : 0)),
        );
      buffer.destroy();
    }
    large.destroy();
  });

  test('arrays: forward and backward, new, into `out` and in place', async () => {
    expectClose(await f.forward(X), gelu(X));
    const out = new Float32Array(X.length);
    expect(await f.backward(G, X, { out })).toBe(out);
    expectClose(out, geluBackward(G, X));
    const own = X.slice();
    expect(await f.forward(own, { out: own })).toBe(own);
    expectClose(own, gelu(X));
    const odd = X.subarray(1, 4);
    expectClose(await f.forward(odd), gelu(odd.slice()));
  });

  test('arrays over shared and resizable memory, also as `out`', async () => {
    const shared = new Float32Array(new SharedArrayBuffer(X.byteLength));
    shared.set(X);
    const resizable = new Float32Array(new Resizable(X.byteLength, { maxByteLength: 2 * X.byteLength }));
    resizable.set(X);
    for (const input of [shared, resizable]) {
      expectClose(await f.forward(input), gelu(X));
      expect(await f.forward<Float32Array>(X, { out: input })).toBe(input);
      expectClose(input, gelu(X));
      expectClose(await f.forward(input.subarray(1, 8)), gelu(gelu(X).subarray(1, 8)));
    }
    // A part of odd length, of shared memory, in halves.
    const half = await gpu.activation('relu', {}, { dtype: 'float16' });
    const bits = new Uint16Array(new SharedArrayBuffer(8));
    bits.set([0xbc00, 0x3c00, 0x4000, 0]);
    expect(Array.from(await half.forward(bits.subarray(1)))).toEqual([0x3c00, 0x4000, 0]);
  });

  test('arrays transferred or shrunk, before the call and meanwhile', async () => {
    const copy = () => new Float32Array(X);
    const shrinkable = () => {
      const buffer = new Resizable(X.byteLength, { maxByteLength: X.byteLength });
      return { buffer, array: new Float32Array(buffer, 0, X.length), tracking: new Float32Array(buffer) };
    };
    const early = copy();
    structuredClone(early.buffer, { transfer: [early.buffer] });
    await expect(f.forward(early)).rejects.toThrow(/'input' must be backed by memory/);
    await expect(f.forward(X, { out: early })).rejects.toThrow(/'out' must be backed by memory/);
    const out = copy();
    const late = f.forward(X, { out });
    structuredClone(out.buffer, { transfer: [out.buffer] });
    await expect(late).rejects.toThrow("'out' was transferred or shrunk while the device worked");
    for (const kind of ['array', 'tracking'] as const) {
      const { buffer, [kind]: small } = shrinkable();
      const running = f.forward(X, { out: small });
      buffer.resize(16);
      await expect(running).rejects.toThrow(GeluStateError);
    }
    // What is read has gone to the device by then.
    const read = copy();
    const running = f.forward(read);
    structuredClone(read.buffer, { transfer: [read.buffer] });
    expectClose(await running, gelu(X));
  });

  test('parameters and names of the registry; the same kernels for other parameters', async () => {
    const one = await gpu.activation('leaky_relu', { negativeSlope: 0.25 });
    const other = await gpu.activation('LeakyReLU', { negativeSlope: 0.5 });
    expect(await one.forward(Float32Array.of(-4, 4))).toEqual(Float32Array.of(-1, 4));
    expect(await other.forward(Float32Array.of(-4, 4))).toEqual(Float32Array.of(-2, 4));
    expect(other.name).toBe('leakyRelu');
    const tanh = await gpu.activation('gelu_new');
    expect(tanh.parameters.approximate).toBe('tanh');
    expectClose(await tanh.forward(X), gelu(X, { approximate: 'tanh' }));
  });

  describe('float16', () => {
    const all = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const isNaN16 = (bits: number): boolean => (bits & 0x7fff) > 0x7c00;

    test('all 65,536 inputs: correctly rounded but for what lies next to the middle of two neighbours', async () => {
      const half = await gpu.activation('gelu', {}, { dtype: 'float16' });
      const y = await half.forward(all);
      const slope = await half.backward(new Uint16Array(65536).fill(0x3c00), all);
      for (const [actual, expected] of [
        [y, gelu(all, { dtype: 'float16' })],
        [slope, geluDerivative(all, { dtype: 'float16' })],
      ]) {
        let off = 0;
        actual.forEach((bits, i) => {
          if (isNaN16(i)) expect(isNaN16(bits)).toBe(true);
          else if (bits !== expected[i]) {
            expect(Math.abs(bits - expected[i]), `input ${i}`).toBe(1);
            off++;
          }
        });
        expect(off).toBeLessThan(20);
      }
    });

    test.each([
      [0, 2, 5],
      [2, 0, 1],
      [6, 4, 8],
      [2, 1030, 301],
    ])('from byte %i to byte %i, %i elements; their neighbours stay', async (from, to, n) => {
      const half = await gpu.activation('gelu', {}, { dtype: 'float16' });
      const data = all.slice(0x3c00, 0x3c00 + 1000);
      const [input, output] = [upload(data), upload(data)];
      submit((encoder) =>
        half.encodeForward(encoder, {
          input: { buffer: input, offset: from, size: 2 * n },
          output: { buffer: output, offset: to },
        }),
      );
      const expected = data.slice();
      expected.set(gelu(data.slice(from / 2, from / 2 + n), { dtype: 'float16' }), to / 2);
      const actual = new Uint16Array(await read(output, 0, data.byteLength));
      expected.forEach((bits, i) => {
        expect(Math.abs(actual[i] - bits), `element ${i}`).toBeLessThanOrEqual(i * 2 >= to && i < to / 2 + n ? 1 : 0);
      });
    });

    test('arrays of an odd length', async () => {
      const half = await gpu.activation('relu', {}, { dtype: 'float16' });
      const out = await half.forward(Uint16Array.of(0xbc00, 0x3c00, 0x4000).subarray(1, 2));
      expect(out).toEqual(Uint16Array.of(0x3c00));
    });
  });

  describe('errors name the argument', () => {
    const small = (size: number, usage = USAGE): GPUBuffer => device.createBuffer({ size, usage });
    const forward = (operands: object, encoder: object = device.createCommandEncoder()) => {
      return () => f.encodeForward(encoder as GPUCommandEncoder, operands as { input: GPUBuffer; output: GPUBuffer });
    };

    test.each<[string, () => object, RegExp]>([
      [
        'no buffer',
        () => ({ input: X, output: small(4) }),
        /'input' must be a GPUBuffer or \{ buffer, offset\?, size\? \}/,
      ],
      ['none', () => ({ input: small(4) }), /'output' must be a GPUBuffer.*undefined/],
      [
        'usage',
        () => ({ input: small(4), output: small(4, 8) }),
        /'output' must be a buffer with usage STORAGE, got usage 0x8/,
      ],
      [
        'too small',
        () => ({ input: small(8), output: small(4) }),
        /'output' must be at least 8 bytes, as 'input' has, got 4/,
      ],
      [
        'alignment',
        () => ({ input: { buffer: small(8), offset: 2 }, output: small(8) }),
        /'input.offset' must be a multiple of 4/,
      ],
      [
        'end',
        () => ({ input: { buffer: small(8), offset: 4, size: 8 }, output: small(8) }),
        /'input.size' must be at most 4/,
      ],
      ['unknown', () => ({ input: small(8), output: small(8), x: 1 }), /'options.x' must be absent/],
      [
        'unknown in an operand',
        () => ({ input: { buffer: small(8), length: 4 }, output: small(8) }),
        /'input.length' must be absent: an operand has buffer, offset, size/,
      ],
    ])('%s', (_, operands, message) => {
      expect(forward(operands())).toThrow(message);
    });

    test('overlap', () => {
      const buffer = small(64);
      const operands = { input: { buffer, size: 32 }, output: { buffer, offset: 16 } };
      expect(forward(operands)).toThrow(/'output' must be the same range as 'input' or one that does not overlap it/);
    });

    test('a mapped buffer', () => {
      const buffer = device.createBuffer({ size: 8, usage: USAGE, mappedAtCreation: true });
      expect(forward({ input: buffer, output: small(8) })).toThrow(/'input' must be unmapped/);
    });

    test('encoder, device, dtype, name, arrays', async () => {
      expect(forward({ input: small(8), output: small(8) }, {})).toThrow(GeluTypeError);
      await expect(createGeluGPU({} as GPUDevice)).rejects.toThrow(/'device' must be a GPUDevice/);
      await expect(createGeluGPU()).rejects.toThrow(GeluStateError);
      await expect(gpu.activation('gelu', {}, { dtype: 'float64' as 'float16' })).rejects.toThrow(/'dtype'/);
      await expect(gpu.activation('glu')).rejects.toThrow(GeluRangeError);
      await expect(gpu.activation('gelu', { approximate: 'erf' })).rejects.toThrow(/'approximate'/);
      await expect(f.forward(new Float64Array(2) as unknown as Float32Array)).rejects.toThrow(
        /'input' must be a Float32/,
      );
      await expect(f.backward(X, X.subarray(1))).rejects.toThrow(/'gradOutput'/);
      await expect(f.forward(X, { out: X.slice(1) })).rejects.toThrow(/'out'/);
    });

    describe('found by the device', () => {
      const made = (on = device, usage = USAGE): GPUBuffer => on.createBuffer({ size: 64, usage });
      const encoded = async (operands: { input: GPUBuffer; output: GPUBuffer }): Promise<void> =>
        f.encodeForward(device.createCommandEncoder(), operands);

      test('destroyed buffers and those of another device; later work goes on', async () => {
        const gone = made();
        gone.destroy();
        await expect(encoded({ input: gone, output: made() })).rejects.toThrow(/^'input' must be of the same device/);
        const other = await nodeDevice();
        for (const usage of [USAGE, 0x80]) {
          const foreign = made(other, usage);
          const refused = await encoded({ input: made(), output: foreign }).catch((error: unknown) => error);
          expect(refused).toBeInstanceOf(GeluStateError);
          expect(String(refused)).toMatch(/'output' must be of the same device/);
        }
        other.destroy();
        await encoded({ input: made(), output: made() });
        expect(await f.forward(X.slice(0, 9))).toHaveLength(9);
      });
    });

    test('a lost device', async () => {
      const gone = await nodeDevice();
      const activation = await (await createGeluGPU(gone)).activation('relu');
      const buffer = upload(X, gone);
      gone.destroy();
      await gone.lost;
      await expect(activation.forward(X)).rejects.toThrow(/'device' is lost/);
      expect(() => activation.encodeForward({} as GPUCommandEncoder, { input: buffer, output: buffer })).toThrow(
        GeluStateError,
      );
    });
  });
});
