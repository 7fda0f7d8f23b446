import { afterAll, expect, test } from 'vitest';
import { Consumer } from './support/packed.js';

const consumer = new Consumer();
afterAll(() => consumer.remove());

test('a model is rewritten with the packed library, and runs in ONNX Runtime', () => {
  for (const name of ['onnxruntime-node', 'onnxruntime-common']) consumer.addPackage(name);
  // y = x·(1 + erf(x/√2))·½, opset 17, written by the program with nothing but bytes.
  const program = `
    import { writeFileSync, readFileSync } from 'node:fs';
    import { InferenceSession, Tensor } from 'onnxruntime-node';
    import { gelu } from 'gelu';
    import { inspectOnnx, openOnnxFile, rewriteOnnx } from 'gelu/onnx';
    const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
    const field = (n, value) => {
      if (typeof value === 'number') return [n << 3, value];
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      return join([(n << 3) | 2], bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7], bytes);
    };
    const node = (op, inputs, output) =>
      field(1, join(...inputs.map((name) => field(1, name)), field(2, output), field(4, op)));
    const constant = (name, value) =>
      field(5, join(field(2, 1), field(8, name), field(9, new Uint8Array(Float32Array.of(value).buffer))));
    const vector = (name) => join(field(1, name), field(2, field(1, join(field(1, 1), field(2, field(1, field(2, 'n')))))));
    const graph = join(
      node('Div', ['x', 'root'], 'a'), node('Erf', ['a'], 'b'), node('Add', ['b', 'one'], 'c'),
      node('Mul', ['x', 'c'], 'd'), node('Mul', ['d', 'half'], 'y'), field(2, 'g'),
      constant('root', Math.SQRT2), constant('one', 1), constant('half', 0.5),
      field(11, vector('x')), field(12, vector('y')));
    writeFileSync('model.onnx', join(field(1, 8), field(7, graph), field(8, join(field(2, 17)))));
    const x = Float32Array.of(-10, -3, -1, 0, 1, 3);
    const results = [];
    for (const to of ['gelu', 'microsoft', 'accurate']) {
      const file = await openOnnxFile('model.onnx');
      const bytes = rewriteOnnx(file, { to }).bytes();
      file.close();
      const session = await InferenceSession.create(bytes);
      const { y } = await session.run({ x: new Tensor('float32', x, [x.length]) });
      results.push(Math.max(...[...y.data].map((v, i) => Math.abs(v - gelu(x[i])))));
      if (to === 'accurate') results.push(Math.abs(y.data[0] / gelu(-10) - 1));
    }
    console.log(JSON.stringify([inspectOnnx(new Uint8Array(readFileSync('model.onnx'))).gelus[0].variant, ...results]));`;
  const [variant, ...errors] = JSON.parse(consumer.node('--input-type=module', '-e', program));
  expect(variant).toBe('none');
  expect(errors).toHaveLength(4);
  for (const error of errors) expect(error).toBeLessThan(2e-6); // the last is that of the tail, relative
});
