import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A tool of the project run on all of it, beside the other tests rather than before them: it takes one processor. */
const said = (tool: string, names: string[]): string => {
  const program = createRequire(import.meta.url).resolve(tool);
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...names], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}\n${stderr}`;
};

test('every type holds', () => expect(said('typescript/bin/tsc', ['-p', 'tsconfig.test.json'])).toBe(''));

test('formatting and lint', () => expect(said('@biomejs/biome/bin/biome', ['ci', '.'])).toBe(''));
