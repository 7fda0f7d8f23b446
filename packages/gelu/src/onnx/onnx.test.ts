import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectOnnx, OnnxFormatError, OnnxRewriteError, openOnnxFile, rewriteOnnx } from './index.js';
import { concat, field, varint } from './write/message.js';

// Models are put together from bytes here; the lab's tests make them with another library and run them.

const node = (op: string, inputs: string[], output: string, more: Uint8Array[] = []): Uint8Array =>
  concat([...inputs.map((name) => field(1, name)), field(2, output), field(4, op), ...more]);
const opset = (version: number, domain?: string): Uint8Array =>
  concat([...(domain === undefined ? [] : [field(1, domain)]), field(2, version)]);
const scalar = (name: string, value: number): Uint8Array =>
  concat([field(2, 1), field(8, name), field(9, new Uint8Array(Float32Array.of(value).buffer))]);
const unknown = concat([field(99, 'kept as it is'), field(98, 7)]);

/** x·(1 + erf(x/√2))·½ within a graph, with constants as initializers. */
const ERF = [
  node('Div', ['x', 'root'], 'a', [unknown]),
  node('Erf', ['a'], 'b'),
  node('Add', ['b', 'one'], 'c'),
  node('Mul', ['x', 'c'], 'd'),
  node('Mul', ['d', 'half'], 'y'),
];
const CONSTANTS = [scalar('root', Math.SQRT2), scalar('one', 1), scalar('half', 0.5)];

function graph(nodes: Uint8Array[], more: Uint8Array[] = []): Uint8Array {
  return concat([
    ...nodes.map((bytes) => field(1, bytes)),
    unknown,
    ...CONSTANTS.map((bytes) => field(5, bytes)),
    field(11, field(1, 'x')),
    field(12, field(1, 'y')),
    ...more,
  ]);
}

function model(content: Uint8Array, version = 17, more: Uint8Array[] = []): Uint8Array {
  return concat([field(1, 8), field(8, opset(version)), field(7, content), unknown, ...more]);
}

const has = (bytes: Uint8Array, part: Uint8Array): boolean =>
  Buffer.from(bytes).includes(Buffer.from(part.buffer, part.byteOffset, part.length));

test('all that is not part of a GELU stays byte for byte', () => {
  const weights = field(5, concat([field(1, 300), field(2, 1), field(8, 'w'), field(9, new Uint8Array(1200).fill(7))]));
  // A number may be written with more bytes than it needs; nobody may put that right.
  const long = concat([varint(50 * 8), Uint8Array.of(0x81, 0x80, 0x00)]);
  const before = node('Relu', ['in'], 'x', [unknown, long]);
  const after = node('Neg', ['y'], 'z', [long]);
  const bytes = model(graph([before, ...ERF, after], [weights, long]), 17, [field(14, 'metadata'), long]);
  const { pieces, bytes: rewritten } = rewriteOnnx(bytes, { to: 'microsoft' });
  const result = rewritten();
  for (const part of [field(1, before), field(1, after), weights, unknown, long, field(14, 'metadata')])
    expect(has(result, part)).toBe(true);
  // What is new is the node, the operator set and the length of the graph.
  const added = pieces.filter((piece) => piece instanceof Uint8Array);
  expect(added.map((piece) => piece[0] >> 3)).toEqual([8, 7, 1]);
  const old = pieces.flatMap((piece) => (piece instanceof Uint8Array ? [] : [piece]));
  expect(old.every(({ start }, i) => i === 0 || start >= old[i - 1].end)).toBe(true);
  expect(inspectOnnx(result).gelus).toMatchObject([{ written: 'com.microsoft.Gelu', input: 'x', output: 'y' }]);
  expect(inspectOnnx(result).nodes).toBe(3);
  // Taken back: the same constants and nodes go only if nothing else needs them.
  expect(has(result, field(8, 'root'))).toBe(false);
  const shared = model(graph([...ERF, node('Mul', ['y', 'half'], 'z')]));
  expect(has(rewriteOnnx(shared, { to: 'microsoft' }).bytes(), field(8, 'half'))).toBe(true);
});

test('lengths grow from the innermost graph outwards', () => {
  // Names so long that the lengths of all graphs around need more bytes than before.
  const name = 'v'.repeat(60);
  const inner = concat([field(1, node('Gelu', ['x'], name)), field(12, field(1, name))]);
  const branch = (which: string): Uint8Array => field(5, concat([field(1, which), field(6, inner), field(20, 5)]));
  const outer = node('If', ['cond'], 'y', [branch('then_branch'), branch('else_branch')]);
  const bytes = model(graph([outer]), 20);
  expect(inspectOnnx(bytes).gelus.map(({ graph: path }) => path)).toEqual(['main/y.then_branch', 'main/y.else_branch']);
  const result = rewriteOnnx(bytes, { to: 'decomposed', filter: ({ graph: path }) => path.includes('then') });
  expect(result.kept).toMatchObject([{ gelu: { graph: 'main/y.else_branch' }, reason: 'not chosen' }]);
  const again = inspectOnnx(result.bytes());
  expect(again.gelus.map(({ written }) => written)).toEqual(['erf', 'Gelu']);
  expect(again.nodes).toBeGreaterThan(7);
});

test('a function is searched and rewritten like a graph', () => {
  const body = [
    node('Constant', [], 'root', [
      field(5, concat([field(1, 'value'), field(5, scalar('', Math.SQRT2)), field(20, 4)])),
    ]),
    node('Constant', [], 'one', [field(5, concat([field(1, 'value'), field(5, scalar('', 1)), field(20, 4)]))]),
    node('Constant', [], 'half', [field(5, concat([field(1, 'value'), field(5, scalar('', 0.5)), field(20, 4)]))]),
    ...ERF,
  ].map((bytes) => field(7, bytes));
  const parts = [field(1, 'gelu'), field(4, 'x'), field(5, 'y'), ...body, field(9, opset(17)), field(10, 'my.domain')];
  const bytes = model(graph([node('gelu', ['x'], 'y', [field(7, 'my.domain')])]), 17, [field(25, concat(parts))]);
  expect(inspectOnnx(bytes).gelus).toMatchObject([{ graph: 'function my.domain:gelu', variant: 'none' }]);
  const result = rewriteOnnx(bytes, { to: 'microsoft' }).bytes();
  expect(inspectOnnx(result).opsets).toMatchObject({ 'com.microsoft': 1 });
  expect(inspectOnnx(result).gelus).toMatchObject([
    { written: 'com.microsoft.Gelu', graph: 'function my.domain:gelu' },
  ]);
  expect(Buffer.from(result).toString('latin1').split('com.microsoft')).toHaveLength(4); // model, function, node
});

describe('the operator set', () => {
  test('is raised where all operators keep their meaning', () => {
    const bytes = model(graph([...ERF, node('Softmax', ['y'], 'z')]), 13);
    const { opset: change, bytes: result } = rewriteOnnx(bytes, { to: 'gelu' });
    expect(change).toEqual({ domain: '', from: 13, to: 20 });
    expect(inspectOnnx(result()).opsets).toEqual({ '': 20 });
  });
  test.each([
    ['Scan', 8],
    ['Upsample', 9],
    ['Unheard', 17],
  ])('is not raised where %s of %d cannot follow, and nothing is written', (op, version) => {
    const bytes = model(graph([...ERF, node(op, ['y'], 'z')]), version);
    expect(() => rewriteOnnx(bytes, { to: 'gelu' })).toThrow(OnnxRewriteError);
    expect(() => rewriteOnnx(bytes, { to: 'gelu' })).toThrow(
      new RegExp(`the model has ${version}, .*${op} 'z' in main`),
    );
    expect(rewriteOnnx(bytes, { to: 'microsoft' }).rewritten).toHaveLength(1);
  });
});

describe('what is not a model', () => {
  const good = model(graph(ERF));
  test('cut off anywhere it is never taken for something else', () => {
    for (let length = 0; length < good.length; length++) {
      try {
        expect(inspectOnnx(good.subarray(0, length)).gelus.length).toBe(1); // only what follows the graph is missing
      } catch (error) {
        expect(error).toBeInstanceOf(OnnxFormatError);
      }
    }
    expect(() => inspectOnnx(good.subarray(0, good.length - 40))).toThrow(/cut off.*\(byte \d+\)/);
  });
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['zeros', new Uint8Array(100)],
    ['text', new TextEncoder().encode('{"layers": [1, 2, 3], "name": "not a model"}')],
    ['PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)],
    ['another protobuf', concat([field(1, 'name'), field(2, 5)])],
    ['a length beyond 2⁶³', concat([varint(58), Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255)])],
    ['a negative length', concat([varint(58), Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1)])],
  ])('%s', (_, bytes) => {
    expect(() => inspectOnnx(bytes)).toThrow(OnnxFormatError);
    expect(() => rewriteOnnx(bytes, { to: 'gelu' })).toThrow(OnnxFormatError);
  });
  test('graphs in graphs without end', () => {
    let inner = graph(ERF);
    for (let i = 0; i < 80; i++)
      inner = concat([field(1, node('If', ['c'], 'y', [field(5, concat([field(1, 'b'), field(6, inner)]))]))]);
    expect(() => inspectOnnx(model(inner))).toThrow(/too many graphs/);
  });
  test('wrong arguments', () => {
    expect(() => inspectOnnx('model.onnx' as never)).toThrow(/'model' must be a Uint8Array or a file/);
    expect(() => rewriteOnnx(good, { to: 'erf' as never })).toThrow(/'to' must be one of 'gelu', 'microsoft'/);
    expect(() => rewriteOnnx(good, { to: 'gelu', variant: 'exact' as never })).toThrow(/'variant' must be one of/);
    expect(() => rewriteOnnx(good, { to: 'gelu', form: 'none' } as never)).toThrow(/options.form/);
  });
});

test('a file of more than 2 GiB is read without its weights', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gelu-onnx-'));
  const path = join(folder, 'large.onnx');
  try {
    // The weights are a hole in the file, which takes no room on the disk.
    const hole = 5 * 2 ** 29;
    const tensor = concat([field(1, hole / 4), field(2, 1), field(8, 'w'), varint(9 * 8 + 2), varint(hole)]);
    const start = concat([varint(5 * 8 + 2), varint(tensor.length + hole), tensor]);
    const rest = graph(ERF);
    const head = concat([
      field(1, 8),
      field(8, opset(17)),
      varint(7 * 8 + 2),
      varint(start.length + hole + rest.length),
      start,
    ]);
    const file = openSync(path, 'w');
    writeSync(file, head);
    ftruncateSync(file, head.length + hole);
    writeSync(file, rest, 0, rest.length, head.length + hole);
    closeSync(file);
    const opened = await openOnnxFile(path);
    let read = 0;
    const counted = {
      size: opened.size,
      read: (from: number, to: number): Uint8Array => {
        read += to - from;
        return opened.read(from, to);
      },
    };
    const { pieces, size, rewritten } = rewriteOnnx(counted, { to: 'gelu' });
    expect(rewritten).toHaveLength(1);
    expect(read).toBeLessThan(2 ** 20);
    expect(pieces.some((piece) => !(piece instanceof Uint8Array) && piece.end - piece.start > hole)).toBe(true);
    expect(opened.size - size).toBeGreaterThan(100);
    expect(opened.size - size).toBeLessThan(400);
    opened.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
