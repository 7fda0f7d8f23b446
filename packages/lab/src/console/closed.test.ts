import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../bin/gelu-lab.js', import.meta.url));

// The reader is gone before the first write.
test.each([
  ['plot gelu relu silu --json', 'stdout'],
  ['compare gelu relu', 'stdout'],
  ['accuracy --points 1000 --forms none', 'stdout'],
  ['completion bash', 'stdout'],
  ['plot --help', 'stdout'],
  ['plot nothing', 'stderr'],
])(
  '%s ends quietly when the reader of %s has gone',
  (call, stream) => {
    const run = `{ sleep 0.2; exec "${process.execPath}" "${CLI}" ${call}; }`;
    const script = stream === 'stdout' ? `${run} | true` : `{ ${run} 2>&1 >&3 | true; } 3>/dev/null`;
    const { stderr, stdout } = spawnSync('bash', ['-c', `${script}; echo "\${PIPESTATUS[0]}"`], { encoding: 'utf8' });
    expect(stderr).not.toMatch(/error|EPIPE|\n\s+at /i); // progress may be told
    if (stream === 'stdout') expect(stdout).toBe('0\n');
  },
  60_000,
);
