import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as mills from '../src/onnx/targets/accurate/mills.js';
import * as polynomials from '../src/shaders/polynomials.js';

// Constants that were pasted are what their scripts print. Where there is no mpmath, the scripts cannot run.

const folder = join(import.meta.dirname, '..', 'scripts', 'coefficients');
const hasPython = spawnSync('python3', ['-c', 'import mpmath']).status === 0;

/** The lists that a script prints, by their names. */
function printed(script: string): Record<string, number[]> {
  const { stdout, stderr, status } = spawnSync('python3', [join(folder, script)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const lists = [...stdout.matchAll(/^([A-Z]+)\b.*?(\[.*\])$/gm)];
  return Object.fromEntries(lists.map(([, name, list]) => [name, JSON.parse(list)]));
}

test.skipIf(!hasPython && !process.env.CI)('the polynomials of the shaders', () => {
  expect({ ...polynomials }).toEqual(printed('shaders.py'));
});

test.skipIf(!hasPython && !process.env.CI)('the Mills ratio of accurate ONNX graphs', () => {
  const { P, Q } = printed('onnx-mills.py');
  expect({ ...mills }).toEqual({ MILLS_P: P, MILLS_Q: Q });
});
