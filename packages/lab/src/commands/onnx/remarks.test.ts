import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Cell } from '../../landscape/cell.js';
import { remark } from '../../landscape/describe.js';
import { parseJson } from '../../run/json.js';
import { MEASURED_IN, REMARKS } from './remarks.js';

const FILE = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs', 'landscape', 'onnx-node.json');

test('every remark is what docs/landscape.md has measured, and none is missing', () => {
  const cells = parseJson(readFileSync(FILE, 'utf8')) as Cell[];
  const measured = new Map<string, string[]>();
  for (const cell of cells) {
    expect(cell.versions).toEqual({ 'onnxruntime-node': MEASURED_IN });
    // One operator, however it is called; not those of several.
    const [, operator] = /^([\w.]+)(?:\([a-z=\d., /]*\))?$/.exec(cell.call) ?? [];
    const text = remark(cell);
    if (operator === undefined || text === '') continue;
    const named = operator === 'Gelu' ? `${cell.function === 'gelu' ? 'exact' : 'tanh'}: ${text}` : text;
    measured.set(operator, [...new Set([...(measured.get(operator) ?? []), named])]);
  }
  expect(REMARKS).toEqual(Object.fromEntries([...measured].map(([operator, texts]) => [operator, texts.join('; ')])));
});
