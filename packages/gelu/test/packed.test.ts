import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { Consumer } from './support/packed.js';

const consumer = new Consumer();
const library = join(consumer.folder, 'node_modules/gelu');
afterAll(() => consumer.remove());

const names = Object.keys(manifest.exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => path.replace('.', 'gelu'));

test('publint finds nothing to say', async () => {
  const { messages } = await publint({ pkgDir: library, pack: false, strict: true });
  expect(messages).toEqual([]);
});

test('types and modules agree for every way of resolving them', async () => {
  const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(consumer.tarball)));
  const result = await checkPackage(tarball);
  expect(result.types && result.problems).toEqual([]);
});

test('the tarball has its papers, and no link in its README is dead there', () => {
  for (const file of ['LICENSE', 'CHANGELOG.md', 'README.md']) expect(existsSync(join(library, file)), file).toBe(true);
  const links = [...readFileSync(join(library, 'README.md'), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
  expect(links.map(([, path]) => path).filter((path) => !existsSync(join(library, path)))).toEqual([]);
});

test('modules are readable: source maps with their sources, names as written', () => {
  const dist = join(library, 'dist');
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    const text = readFileSync(join(dist, file), 'utf8');
    const map = /^\/\/# sourceMappingURL=(.+)$/m.exec(text)?.[1];
    if (map === undefined) {
      if (!file.endsWith('rolldown-runtime.js')) expect(text, file).not.toMatch(/=>/); // re-exports only
      continue;
    }
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(dist, dirname(file), map), 'utf8'));
    expect(sourcesContent.length, file).toBe(sources.length);
    expect(sourcesContent.every((source: unknown) => typeof source === 'string' && source !== '')).toBe(true);
  }
});

test('declarations are readable for TypeScript before 5.7, whose typed arrays have no parameter', () => {
  const dist = join(library, 'dist');
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.d.ts'))
      expect(readFileSync(join(dist, file), 'utf8'), file).not.toMatch(/\b(Float|Int|Uint)\d+(Clamped)?Array</);
});

const NAMES = `
  const wrong = (library) => Object.entries(library)
    .filter(([name, value]) => typeof value === 'function' && value.name !== name)
    .map(([name, value]) => name + ' is called ' + value.name);`;

test('functions and classes are called as they are exported, in every entry that needs nothing else', () => {
  const entries = ['gelu', 'gelu/numerics', 'gelu/threads', 'gelu/onnx', 'gelu/webgpu'];
  const program = `${NAMES}
    const found = [];
    for (const entry of ${JSON.stringify(entries)}) found.push(...wrong(await import(entry)), ...wrong(require(entry)));
    console.log(JSON.stringify(found));`;
  const inModule = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);${program}`;
  expect(JSON.parse(consumer.node('--input-type=module', '-e', inModule))).toEqual([]);
});

test('an error that nobody catches is printed with its name and its place in the sources', () => {
  consumer.write('fails.mjs', "import { gelu } from 'gelu';\ngelu('1');");
  expect(() => consumer.node('--enable-source-maps', 'fails.mjs')).toThrow(
    /src\/.+\.ts[\s\S]*GeluTypeError: 'input' must be/,
  );
});

test('CommonJS programs have the same library', () => {
  const program = "const { gelu, GELU } = require('gelu'); console.log(gelu(-1), String(new GELU()));";
  const printed = "-0.15865525393145705 GELU(approximate='none')\n";
  expect(consumer.node('--input-type=commonjs', '-e', program)).toBe(printed);
  // As tools do that know no other condition, or none at all.
  const built = program.replace("'gelu'", "'./node_modules/gelu/dist/cjs/complete.js'");
  expect(consumer.node('--input-type=commonjs', '-e', built)).toBe(printed);
  const threads = `require('gelu/threads').createPool({ threads: 2 })
    .then(async (pool) => { console.log(pool.threads, ...(await pool.gelu(new Float32Array(300000).fill(-1))).slice(0, 1)); await pool.close(); });`;
  const value = Math.fround(-0.15865525393145705);
  expect(consumer.node('--input-type=commonjs', '-e', threads)).toBe(`2 ${value}\n`);
  const folder = threads.replace("'gelu/threads'", "'./node_modules/gelu/threads'");
  expect(consumer.node('--input-type=commonjs', '-e', folder)).toBe(`2 ${value}\n`);
});

/** What a compiler that has nothing but the language's own types says of a program. */
function complaints(resolution: 'Bundler' | 'NodeNext', text: string, skipLibCheck: boolean): string[] {
  const program = ts.createProgram([consumer.write('program.ts', text)], {
    strict: true,
    noEmit: true,
    skipLibCheck,
    lib: ['lib.es2022.d.ts'],
    target: ts.ScriptTarget.ES2022,
    module: resolution === 'Bundler' ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind[resolution],
    types: [],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.split('/').at(-1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
}

const needsPeers = /jax|tfjs(?!\/graph)/;
const TYPED = `
  import { GELU, gelu, geluBackward, leakyRelu, swiglu } from 'gelu';
  const y: Float32Array = gelu(new Float32Array(4), { approximate: 'tanh' });
  const layer: GELU = new GELU();
  export const z: number[][] = layer.forward([[1, 2]]);
  export const g = geluBackward(y, y);
  // @ts-expect-error: there is no such form
  gelu(y, { approximate: 'erf' });
  // @ts-expect-error: map's index is no options
  [1, 2].map(gelu);
  export const mapped: number[] = [1, 2].map((x) => gelu(x));
  declare const any: number | Float32Array | Float64Array | readonly number[][];
  export const same: number | Float32Array | Float64Array | number[][] = gelu(any);
  export const slope: typeof same = gelu.derivative(any, { approximate: 'tanh' });
  export const leaky: typeof same = leakyRelu(any, { negativeSlope: 0.2 });
  export const layered: typeof same = layer.forward(any);
  export const gradient: typeof same = geluBackward(any, any, { approximate: 'tanh' });
  export const leakyGradient: typeof same = leakyRelu.backward(any, any);
  export const gated: typeof same = swiglu(any, any);
  export const { gradGate, gradValue }: { gradGate: typeof same; gradValue: typeof same } = swiglu.backward(any, any, any);
  export function generic<T extends Float32Array | Float64Array>(x: T): T { return gelu(x, { out: x }); }`;

test.each(['Bundler', 'NodeNext'] as const)('types resolve under %s, and are sound without those of the DOM', (to) => {
  const all = names.map((name, i) => `export * as entry${i} from '${name}';`);
  expect(complaints(to, [TYPED, ...all.filter((line) => !needsPeers.test(line))].join('\n'), false)).toEqual([]);
  // The optional peers are not installed here.
  expect(complaints(to, all.join('\n'), true)).toEqual([]);
});

test('runs in Node without anything else installed', () => {
  const program = `
    import { GELU, gelu } from 'gelu';
    import { createPool } from 'gelu/threads';
    const pool = await createPool({ threads: 2 });
    console.log(JSON.stringify([String(new GELU()), gelu(-1), ...await pool.gelu(Float32Array.of(-1, 3))]));
    await pool.close();`;
  const printed = JSON.parse(consumer.node('--input-type=module', '-e', program));
  expect(printed).toEqual([
    "GELU(approximate='none')",
    -0.15865525393145705,
    Math.fround(-0.15865525393145705),
    Math.fround(2.9959502041),
  ]);
});
