import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { correctTable } from './correct-table.js';
import { GELU_FUNCTIONS } from './gelu.js';

// The tables with which all 2³² inputs came out correctly rounded (reference/exhaustive/correct.jsonl). Whoever changes
// them, be it by the last bit of a definition, has to run `npm run accuracy -- --exhaustive` again.
const PROVEN = {
  none: ['ed3e01fffb4a481973bd02b6794969ce', '09a21617e46ffaad16ad1120434e9196'],
  tanh: ['d94f1f94384852bfa7bd388a740f7dc9', 'fad6cfca4810cc2ec5f21cb20c1e5bd8'],
  sigmoid: ['b92ef2a7713f86cb137aeaa50cd4f338', 'b6c1e7442505a914738356843503735d'],
} as const;

test.each(
  (['none', 'tanh', 'sigmoid'] as const).flatMap((form) => ([0, 1] as const).map((order) => [form, order] as const)),
)("the table of '%s', order %d, is the one that was proven", (form, order) => {
  const table = correctTable(GELU_FUNCTIONS[form][order]);
  table.complete();
  const hash = createHash('md5').update(new Uint8Array(table.data.buffer)).digest('hex');
  expect(hash).toBe(PROVEN[form][order]);
});
