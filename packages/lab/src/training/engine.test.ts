import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { RELAXED, startEngine } from './engine.js';

test('jax-js asks for relaxed SIMD by this module, and is told that there is none', async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@jax-js/jax'));
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(texts.some((text) => text.includes(`"relaxed-madd": "${RELAXED}"`))).toBe(true);
  await startEngine();
  expect(WebAssembly.validate(Uint8Array.from(Buffer.from(RELAXED, 'hex')))).toBe(false);
  expect(WebAssembly.validate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))).toBe(true);
});
