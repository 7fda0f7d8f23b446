import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stale } from '../scripts/generate.mjs';
import * as library from '../src/index.js';

const source = join(import.meta.dirname, '..', 'src');

test('what is generated from the activations is current: npm run generate', async () => {
  expect((await stale()).map(([path]) => path)).toEqual([]);
});

/** The lines of each @example in a file, by the names that are exported after them. */
function examples(file: string): [string, string[]][] {
  const text = readFileSync(join(source, file), 'utf8');
  const comments = text.matchAll(/@example\n((?: \* ?.*\n)+?) \*\/\nexport (?:const|function|class) (\w+)/g);
  return [...comments].map(([, lines, name]) => [`${file} ${name}`, lines.split('\n').map((line) => line.slice(3))]);
}

/** A result as examples write it. */
function written(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [${(value as Float64Array).join(', ')}]`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Runs an example; gives for each `expression; // result` what it is and what is promised. */
async function run(lines: string[], names: Record<string, unknown>): Promise<[string, string][]> {
  const steps = lines.map((line) => {
    const [, expression, result] = /^(.*); \/\/ (.*)$/.exec(line) ?? [];
    return expression === undefined ? line : `found.push([written(${expression}), ${JSON.stringify(result)}]);`;
  });
  const body = `return (async () => { const found = []; ${steps.join('\n')}\nreturn found; })();`;
  return new Function('written', ...Object.keys(names), body)(written, ...Object.values(names));
}

const files = ['functions', 'functions/gated', 'layers'].flatMap((folder) =>
  readdirSync(join(source, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);

describe('every @example gives what it says', () => {
  const found = files.flatMap(examples);
  test('there are some', () => expect(found.length).toBeGreaterThan(40));

  test.each(found)('%s', async (_, lines) => {
    const results = await run(lines, library);
    expect(results.length).toBeGreaterThan(0);
    for (const [actual, promised] of results) expect(actual).toBe(promised);
  });

  const close = (results: [string, string][]): void => {
    expect(results.length).toBeGreaterThan(0);
    for (const [actual, promised] of results) {
      const [values, exact] = [actual, promised].map(
        (text) => JSON.parse(/\[.*\]/.exec(text)?.[0] ?? '[]') as number[],
      );
      expect(values.length).toBe(exact.length);
      for (const [i, v] of values.entries())
        expect(Math.abs(v - exact[i])).toBeLessThanOrEqual(2 ** -22 * Math.abs(exact[i]));
    }
  };
  const inJax = ['functions.generated', 'gated.generated', 'gated', 'prelu', 'stochastic'];

  test.each(inJax.flatMap((file) => examples(`jax/${file}.ts`)))('%s', async (_, lines) => {
    const { defaultDevice, init, numpy: np } = await import('@jax-js/jax');
    await init('wasm');
    defaultDevice('wasm');
    close(await run(lines, { ...(await import('../src/jax/index.js')), np }));
  });

  test.each(['gated.generated', 'gated', 'stochastic'].flatMap((file) => examples(`tfjs/${file}.ts`)))(
    '%s',
    async (_, lines) => {
      const tf = await import('@tensorflow/tfjs-core');
      await import('@tensorflow/tfjs-backend-cpu');
      await tf.setBackend('cpu');
      close(await run(lines, { ...(await import('../src/tfjs/index.js')) }));
    },
  );
});
