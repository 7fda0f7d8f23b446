import { expect, test } from 'vitest';
import { installLine, isWithin, OPTIONAL, requireResolved } from './optional.js';

test.each([
  ['4.22.0', '^4.22.0', true],
  ['4.22.1', '^4.22.0', true],
  ['4.100.0', '^4.22.0', true],
  ['4.21.9', '^4.22.0', false],
  ['5.0.0', '^4.22.0', false],
  ['3.99.0', '^4.22.0', false],
  ['0.1.25', '^0.1.25', true],
  ['0.1.30', '^0.1.25', true],
  ['0.1.24', '^0.1.25', false],
  ['0.2.0', '^0.1.25', false],
  ['1.1.25', '^0.1.25', false],
])('%s within %s: %s', (version, range, expected) => {
  expect(isWithin(version, range)).toBe(expected);
});

test('every range that the manifest states is one that is understood', () => {
  for (const range of Object.values(OPTIONAL)) expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
  expect(installLine(['@jax-js/jax', 'onnxruntime-node'])).toBe('npm install @jax-js/jax@0.1 onnxruntime-node@1');
});

test('what is installed here does', () => {
  for (const name of ['@jax-js/jax', 'onnxruntime-node'])
    expect(() => requireResolved(name, import.meta.resolve(name))).not.toThrow();
  expect(() => requireResolved('node:fs', 'node:fs')).not.toThrow();
});
