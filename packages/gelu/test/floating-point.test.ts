import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test('a thread that flushes subnormal numbers is noticed; its tables, and its results at normal numbers, have the same bits', async () => {
  const { outputFiles } = await build({
    entryPoints: [at('support/bits.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['onnxruntime-node'],
    ignoreAnnotations: true,
    write: false,
  });
  const [plain, flushed] = ['', 'flush'].map((argument) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-', argument], {
      cwd: at('..'),
      input: outputFiles[0].text,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    expect(status, stderr).toBe(0);
    return JSON.parse(stdout) as Record<string, string>;
  });
  expect(plain).toMatchObject({ before: 'gradual', mode: 'gradual', exponents: '-1022,-1074,-1029' });
  expect(flushed).toMatchObject({ before: 'gradual', mode: 'flush' });
  expect(Object.keys(plain).length).toBeGreaterThan(450);
  expect(flushed).toEqual({ ...plain, mode: 'flush' });
});
