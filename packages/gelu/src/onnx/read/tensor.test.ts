import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { concat, field, floatField } from '../write/message.js';
import { type OnnxFile, openOnnxFile, siblingOf } from './input.js';
import { readTensor, type Tensor } from './tensor.js';
import { WireReader } from './wire.js';

const bytesOf = (numbers: { buffer: ArrayBufferLike }): Uint8Array => new Uint8Array(numbers.buffer);
const dims = (...sizes: number[]): Uint8Array => concat(sizes.map((size) => field(1, size)));
const MINUS_ONE = Uint8Array.of(8, ...new Array<number>(9).fill(255), 1);
const packed = (number: number, values: number[]): Uint8Array => field(number, Uint8Array.from(values));

function read(bytes: Uint8Array, external?: (location: string) => OnnxFile | undefined): Tensor {
  const file = {
    size: bytes.length,
    read: (a: number, b: number) => bytes.subarray(a, b),
    ...(external && { external }),
  };
  return readTensor(new WireReader(file), 0, bytes.length);
}

test.each<[string, Uint8Array, number | undefined]>([
  ['float32', concat([dims(2, 3), field(2, 1), field(9, bytesOf(new Float32Array(6).fill(0.5)))]), 0.5],
  ['float64', concat([dims(2), field(2, 11), field(9, bytesOf(Float64Array.of(0.1, 0.1)))]), 0.1],
  ['float16', concat([dims(2), field(2, 10), field(9, bytesOf(Uint16Array.of(0x3800, 0x3800)))]), 0.5],
  ['bfloat16 as numbers', concat([dims(1, 1), field(2, 16), packed(5, [0x80, 0x7f])]), 1],
  ['int8', concat([dims(3), field(2, 3), field(9, Uint8Array.of(255, 255, 255))]), -1],
  ['uint8 as numbers', concat([dims(2), field(2, 2), packed(5, [7, 7])]), 7],
  ['float_data, one field each', concat([dims(2), field(2, 1), floatField(4, 3), floatField(4, 3)]), 3],
  ['a scalar', concat([field(2, 1), field(9, bytesOf(Float32Array.of(2)))]), 2],
  ['the last differs', concat([dims(3), field(2, 1), field(9, bytesOf(Float32Array.of(1, 1, 2)))]), undefined],
  ['numbers that differ', concat([dims(2), field(2, 2), packed(5, [7, 8])]), undefined],
  ['none', concat([dims(0), field(2, 1), field(9, new Uint8Array(0))]), undefined],
  ['fewer than the shape says', concat([dims(4), field(2, 1), field(9, bytesOf(Float32Array.of(1, 1)))]), undefined],
  ['negative sizes', concat([MINUS_ONE, MINUS_ONE, field(2, 1), field(9, bytesOf(Float32Array.of(1)))]), undefined],
  ['complex64, which no activation has', concat([dims(1), field(2, 14), field(9, new Uint8Array(8))]), undefined],
])('the one value of all elements: %s', (_, bytes, expected) => {
  expect(read(bytes).content?.uniform()).toBe(expected);
});

test('a large tensor is left at the first element that differs', () => {
  const numbers = new Float32Array(1 << 20).fill(0.5);
  numbers[5] = 0;
  const bytes = concat([dims(numbers.length), field(2, 1), field(9, bytesOf(numbers))]);
  let most = 0;
  const file = {
    size: bytes.length,
    read: (a: number, b: number) => {
      most = Math.max(most, b);
      return bytes.subarray(a, b);
    },
  };
  const { content } = readTensor(new WireReader(file), 0, bytes.length);
  expect(content?.uniform()).toBeUndefined();
  expect(content?.elements(8)).toBeUndefined();
  expect(most).toBeLessThan(1 << 18);
});

test('elements', () => {
  const shape = concat([dims(2), field(2, 7), field(9, bytesOf(BigInt64Array.of(0n, -1n)))]);
  expect(read(shape).content?.elements(8)).toEqual([0, -1]);
});

describe('data in another file', () => {
  const entry = (key: string, value: string): Uint8Array => field(13, concat([field(1, key), field(2, value)]));
  const tensor = (...entries: Uint8Array[]): Uint8Array => concat([field(2, 1), ...entries]);
  const data = bytesOf(Float32Array.of(9, 0.5));
  const files = (location: string): OnnxFile | undefined =>
    location === 'w.bin' ? { size: data.length, read: (a, b) => data.subarray(a, b) } : undefined;
  test('is read where it is given', () => {
    const here = tensor(entry('location', 'w.bin'), entry('offset', '4'), entry('length', '4'));
    expect(read(here, files)).toMatchObject({ external: 'w.bin', value: undefined });
    expect(read(here, files).content?.uniform()).toBe(0.5);
    expect(read(here).content?.uniform()).toBeUndefined();
    expect(read(tensor(entry('location', 'w.bin')), files).content?.uniform()).toBe(9);
    const beyond = tensor(entry('location', 'w.bin'), entry('offset', '8'));
    expect(read(beyond, files).content?.uniform()).toBeUndefined();
    expect(read(tensor(entry('location', 'other.bin')), files).content?.uniform()).toBeUndefined();
  });
  test.each(['../w.bin', '/w.bin', 'a/../../w.bin', 'C:\\w.bin', '\\\\host\\w.bin', 'a\\..\\w.bin'])(
    'outside of the folder it is not looked for: %s',
    (location) => {
      const everything = { size: 0, read: () => data, external: () => ({ size: 8, read: () => data }) };
      expect(siblingOf(everything, location)).toBeUndefined();
    },
  );
  test('openOnnxFile opens files beside the model', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gelu-onnx-'));
    try {
      mkdirSync(join(folder, 'data'));
      writeFileSync(join(folder, 'model.onnx'), 'model');
      writeFileSync(join(folder, 'data', 'w.bin'), data);
      const file = await openOnnxFile(join(folder, 'model.onnx'));
      expect(file.external?.('data/w.bin')?.read(4, 8)).toEqual(data.subarray(4, 8));
      expect(file.external?.('data')).toBeUndefined();
      expect(file.external?.('absent')).toBeUndefined();
      file.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
