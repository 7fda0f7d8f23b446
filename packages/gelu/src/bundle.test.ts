import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';

// Bundles the build, as a program that imports these names would.
const library = fileURLToPath(new URL('../dist/index.js', import.meta.url));

async function bundle(names: string): Promise<string> {
  const made = await rolldown({
    input: 'program',
    platform: 'neutral',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? id : undefined),
        load: (id) => (id === 'program' ? `export { ${names} } from ${JSON.stringify(library)};` : undefined),
      },
    ],
  });
  const { output } = await made.generate({ minify: true });
  return output[0].code;
}

test('who imports a function gets no other activation', async () => {
  const [gelu, silu, all] = await Promise.all(['gelu', 'silu', 'gelu, activation, layerFromJSON'].map(bundle));
  for (const name of ['softplus', 'Mish', 'gelu_new', 'GEGLU', 'negativeSlope']) {
    expect(all).toContain(name);
    expect(gelu).not.toContain(name);
    expect(silu).not.toContain(name);
  }
  expect(gelu.length).toBeLessThan(0.6 * all.length);
});
