import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import { minify } from 'terser';
import { expect, test } from 'vitest';
import { pure } from '../scripts/pure.mjs';

// Bundles the build, as a program that imports these names would, with that program's own minifier.
const at = (file: string): string => JSON.stringify(fileURLToPath(new URL(`../dist/esm/${file}.js`, import.meta.url)));

const program = (names: string, extra: string): string =>
  `${extra && `import ${at(extra)};`}export { ${names} } from ${at('index')};`;

async function byRollup(names: string, extra = ''): Promise<string> {
  const bundle = await rollup({
    input: 'program',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? id : undefined),
        load: (id) => (id === 'program' ? program(names, extra) : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({});
  return (await minify(output[0].code, { module: true })).code!;
}

async function byEsbuild(names: string, extra = ''): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program(names, extra), resolveDir: '/' },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return outputFiles[0].text;
}

const size = (code: string): number => gzipSync(code, { level: 9 }).length;

test('what a bundler may not see to be without effect is wrapped in a call that says so', async () => {
  const bundle = await rolldown({
    input: 'program',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => id,
        load: () =>
          'const f = (x) => x; export const a = /* @__PURE__ */ f({ n: -1 }), b = /* @__PURE__ */ f({ n: -1n });',
      },
      pure(() => true),
    ],
  });
  const { output } = await bundle.generate({});
  expect(output[0].code).toMatch(/a = \/\* @__PURE__ \*\/ f\(/);
  expect(output[0].code).toMatch(/b = \/\* @__PURE__ \*\/ \(\(\) => f/); // Bun keeps a BigInt's sign
});

test.each([
  ['Rollup', byRollup],
  ['esbuild', byEsbuild],
])('%s: who imports a function gets no other activation', async (_name, bundle) => {
  const [gelu, silu, all] = await Promise.all(
    ['gelu', 'silu', 'gelu, activation, layerFromJSON'].map((names) => bundle(names)),
  );
  for (const name of ['softplus', 'Mish', 'gelu_new', 'GEGLU', 'negativeSlope']) {
    expect(all).toContain(name);
    expect(gelu).not.toContain(name);
    expect(silu).not.toContain(name);
  }
  expect(gelu.length).toBeLessThan(0.6 * all.length);
});

test.each([
  ['Rollup', byRollup],
  ['esbuild', byEsbuild],
])('%s: nothing is kept that a program does not use', async (_name, bundle) => {
  expect(size(await bundle('GeluStateError'))).toBeLessThan(150);
  expect(size(await bundle('relu'))).toBeLessThan(0.85 * size(await bundle('gelu')));
});

test.each([
  ['Rollup', byRollup],
  ['esbuild', byEsbuild],
])('%s: the core keeps to its budget; what makes it faster comes when it is imported', async (_name, bundle) => {
  const core = 'gelu, geluBackward, GELU';
  const [plain, fast, float64] = await Promise.all(['', 'fast', 'float64'].map((extra) => bundle(core, extra)));
  expect(size(plain)).toBeLessThan(12 * 1024);
  expect(size(fast)).toBeGreaterThan(size(plain) + 1000);
  expect(size(float64)).toBeGreaterThan(size(plain) + 3000);
});
