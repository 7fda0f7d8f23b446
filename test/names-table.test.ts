import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activations } from '../packages/gelu/src/index.js';
import { withTable } from '../scripts/names-table.mjs';

test('the names in the PyTorch guide are those of the registry: node scripts/names-table.mjs', () => {
  const guide = readFileSync(join(import.meta.dirname, '..', 'docs', 'guides', 'pytorch.md'), 'utf8');
  expect(guide).toContain('| `silu(x)`');
  expect(withTable(guide, activations)).toBe(guide);
});
