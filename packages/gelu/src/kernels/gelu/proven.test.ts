import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { APPROXIMATE } from '../../activations/gelu/approximate.js';
import { correctTable } from './correct-table.js';
import { fastTable } from './fast-table.js';
import { GELU_FUNCTIONS } from './functions.js';
import { rowNumber } from './smooth.js';

// The tables with which all 2³² inputs came out correctly rounded (reference/exhaustive/correct.jsonl). Whoever changes
// them, be it by the last bit of a definition, has to run `npm run accuracy -- --exhaustive` again.
const PROVEN = {
  none: ['ed3e01fffb4a481973bd02b6794969ce', '09a21617e46ffaad16ad1120434e9196'],
  tanh: ['d94f1f94384852bfa7bd388a740f7dc9', 'fad6cfca4810cc2ec5f21cb20c1e5bd8'],
  sigmoid: ['b92ef2a7713f86cb137aeaa50cd4f338', 'b6c1e7442505a914738356843503735d'],
} as const;

// Likewise the tables with which the fast kernels keep to 1 ULP, by plain and relaxed SIMD (fast.jsonl, fast-relaxed.jsonl). Since then
// the functions' last rows, whose results are 0 or the least subnormal number, became constants: at all their inputs at most 0.56 ULP.
const PROVEN_FAST = {
  none: ['11dddb297e8e016710897b8df19c1be7', 'a2ba4bcc59cf301b9bef81d805853476'],
  tanh: ['6df02f6b7964be9aa183c40347a52263', '8cbb8fc6fdb592fe6ffd8500773ce469'],
  sigmoid: ['0d1ecdf987af7da81ab64c9119c2c37b', '4edec0dd972bd806a0e623a09198b5a4'],
} as const;

const md5 = (table: Float32Array | Float64Array): string =>
  createHash('md5')
    .update(new Uint8Array(table.buffer as ArrayBuffer))
    .digest('hex');

test.each(APPROXIMATE.flatMap((form) => ([0, 1] as const).map((order) => [form, order] as const)))(
  "the tables of '%s', order %d, are those that were proven",
  (form, order) => {
    const table = correctTable(GELU_FUNCTIONS[form][order]);
    for (let row = 0; row < table.rows; row++) table.fit(row);
    expect(md5(table.data)).toBe(PROVEN[form][order]);
    const fast = fastTable(GELU_FUNCTIONS[form][order]);
    for (let row = 0; row < fast.rows; row++) fast.fit(row);
    expect(md5(fast.data)).toBe(PROVEN_FAST[form][order]);
  },
);

test.each(APPROXIMATE)("'%s' is on its curve up to `top`", (form) => {
  const { correct, top } = GELU_FUNCTIONS[form][0];
  const bits = new Uint32Array(Float32Array.of(top).buffer);
  bits[0]++;
  const [next] = new Float32Array(bits.buffer);
  expect(rowNumber(correct, next)).toBe(rowNumber(correct, correct.high));
  expect(rowNumber(correct, top)).not.toBe(rowNumber(correct, correct.high));
});
