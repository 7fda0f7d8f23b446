import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';

// Bundles the build, as a program that imports these names would.
const at = (file: string): string => JSON.stringify(fileURLToPath(new URL(`../dist/${file}.js`, import.meta.url)));

async function bundle(names: string, extra = ''): Promise<string> {
  const made = await rolldown({
    input: 'program',
    platform: 'neutral',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? id : undefined),
        load: (id) =>
          id === 'program'
            ? `${extra && `import ${at(extra)};`}export { ${names} } from ${at('esm/index')};`
            : undefined,
      },
    ],
  });
  const { output } = await made.generate({ minify: true });
  return output[0].code;
}

test('who imports a function gets no other activation', async () => {
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

test('the core keeps to its budget; what makes it faster comes when it is imported', async () => {
  const core = 'gelu, geluBackward, GELU';
  const [plain, fast, float64] = await Promise.all(['', 'esm/fast', 'esm/float64'].map((extra) => bundle(core, extra)));
  const size = (code: string): number => gzipSync(code, { level: 9 }).length;
  expect(size(plain)).toBeLessThan(12.5 * 1024); // 12.0 when this was written
  expect(size(fast)).toBeGreaterThan(size(plain) + 1000);
  expect(size(float64)).toBeGreaterThan(size(plain) + 3000);
});
