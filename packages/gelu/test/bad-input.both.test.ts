import { describe, expect, test } from 'vitest';
import {
  GELU,
  GeluRangeError,
  GeluStateError,
  GeluTypeError,
  gelu,
  geluBackward,
  geluDerivative,
} from '../src/index.js';

// What TypeScript would refuse is passed on purpose.
// biome-ignore lint/suspicious/noExplicitAny: see above
const any = (value: unknown): any => value;

function detached(): Float32Array {
  const array = new Float32Array(4);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}

const shared = new Float32Array(8);
const cyclic: unknown[] = [1];
cyclic.push(cyclic);

test('values.map(gelu) is told how it is written', () => {
  expect(() => [1, 2].map(any(gelu))).toThrow('values.map((x) => f(x))');
});

const typeErrors: [string, string, () => unknown][] = [
  ['a string', 'input', () => gelu(any('1'))],
  ['nothing', 'input', () => any(gelu)()],
  ['null', 'input', () => gelu(any(null))],
  ['a bigint', 'input', () => gelu(any(1n))],
  ['an array of BigInts', 'input', () => gelu(any(new BigInt64Array(2)))],
  ['an integer array', 'input', () => gelu(any(new Int32Array(2)))],
  ['an integer array with a quantization', 'input', () => gelu(any(new Int16Array(2)), any({ quantization: {} }))],
  ['an integer array with a gradient', 'input', () => geluBackward(any([]), any(new Int16Array(2)), any({ out: [] }))],
  ['a DataView', 'input', () => gelu(any(new DataView(new ArrayBuffer(8))))],
  ['a string among numbers', 'input[0][1]', () => gelu(any([[1, 'a']]))],
  ['a hole', 'input[0]', () => gelu(any(new Array(2)))],
  ['a detached input', 'input', () => gelu(detached())],
  ['a detached out', 'out', () => gelu(new Float32Array(0), { out: detached() })],
  ['a detached gradient', 'gradOutput', () => geluBackward(detached(), new Float32Array(0))],
  ['an out of another type', 'out', () => gelu(new Float32Array(2), { out: any(new Float64Array(2)) })],
  ['an out for a number', 'out', () => gelu(1, any({ out: new Float64Array(1) }))],
  ['an out for an array', 'out', () => gelu([1], any({ out: [0] }))],
  ['an unknown option', 'options.aproximate', () => gelu(1, any({ aproximate: 'tanh' }))],
  ['options of another type', 'options', () => gelu(1, any('tanh'))],
  ['an approximate of another type', 'approximate', () => geluDerivative(1, { approximate: any(1) })],
  ['a mean of another type', 'mean', () => gelu(1, { mean: any('0') })],
  ['a std of another type', 'std', () => gelu(1, { std: any(null) })],
  ['a gradient of another type', 'gradOutput', () => geluBackward(any(new Float64Array(2)), new Float32Array(2))],
  ['a gradient that is a string', 'gradOutput', () => geluBackward(any('1'), 1)],
  ['a gradient of another shape', 'gradOutput[0]', () => geluBackward([1, 2], [[1], [2]])],
  ['a layer call with a form', 'options.approximate', () => new GELU().forward(shared, any({ approximate: 'tanh' }))],
  ['JSON of another type', 'json', () => GELU.fromJSON(any(3))],
];

const rangeErrors: [string, string, () => unknown][] = [
  ['an unknown approximate', 'approximate', () => gelu(1, { approximate: any('erf') })],
  ['an unknown approximate of a layer', 'approximate', () => new GELU({ approximate: any('Tanh') })],
  ['an out of another length', 'out', () => gelu(new Float32Array(2), { out: new Float32Array(3) })],
  ['a gradient of another length', 'gradOutput', () => geluBackward(new Float32Array(3), new Float32Array(2))],
  ['a nested gradient of another length', 'gradOutput[1]', () => geluBackward([[1], [1, 2]], [[1], [2]])],
  ['a shifted out', 'out', () => gelu(shared.subarray(0, 4), { out: shared.subarray(2, 6) })],
  [
    'an out shifted against the gradient',
    'out',
    () => geluBackward(shared.subarray(0, 4), new Float32Array(4), { out: shared.subarray(1, 5) }),
  ],
  ['a std of 0', 'std', () => gelu(1, { std: 0 })],
  ['a negative std', 'std', () => gelu(1, { std: -1 })],
  ['a std that is NaN', 'std', () => gelu(1, { std: Number.NaN })],
  ['an infinite mean', 'mean', () => gelu(1, { mean: Infinity })],
  ['a mean with tanh', 'mean', () => gelu(1, { approximate: 'tanh', mean: 1 })],
  ['a cyclic array', 'input', () => gelu(any(cyclic))],
  ['JSON of another layer', 'json.type', () => GELU.fromJSON(any({ type: 'ReLU' }))],
  ['text that is not JSON', 'json', () => GELU.fromJSON('{')],
];

describe('typed errors name the argument', () => {
  test.each(typeErrors)('%s', (_, argument, call) => {
    expect(call).toThrow(GeluTypeError);
    expect(call).toThrow(TypeError);
    expect(call).toThrow(expect.objectContaining({ name: 'GeluTypeError', argument }));
    expect(call).toThrow(`'${argument}' must be`);
  });

  test.each(rangeErrors)('%s', (_, argument, call) => {
    expect(call).toThrow(GeluRangeError);
    expect(call).toThrow(RangeError);
    expect(call).toThrow(expect.objectContaining({ name: 'GeluRangeError', argument }));
  });

  test('an unknown approximate is told what is allowed', () => {
    expect(() => new GELU({ approximate: any('erf') })).toThrow("one of 'none', 'tanh', 'sigmoid', got 'erf'");
  });

  test('backward before forward', () => {
    expect(() => new GELU().backward(1)).toThrow(GeluStateError);
    const layer = new GELU().eval();
    layer.forward(1);
    expect(() => layer.backward(1)).toThrow('train()');
  });
});

test('nothing is written when a call is refused', () => {
  const out = Float32Array.of(7, 7);
  expect(() => gelu(new Float32Array(3), { out })).toThrow();
  expect(() => gelu(new Float32Array(2), any({ out, approximate: 'x' }))).toThrow();
  expect(out).toEqual(Float32Array.of(7, 7));
});
