import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { flushSubnormals } from '../../../../gelu/test/support/flush.js';
import { called } from '../../../test/support/cli.js';

// A file of its own: what ONNX Runtime sets stays for the rest of the process.
const folder = temporaryFolder('flush');

const audit = () => called('audit', 'gelu', '--points', '2000', '--elements', '0', '--level', 'exact', '--out', folder);

test('the audit says what the thread does with subnormal numbers', async () => {
  const kept = await audit();
  expect(kept.out).toContain('subnormal numbers: kept\n');
  expect(kept.code).toBe(0);
  await flushSubnormals();
  const { out } = await audit();
  expect(out).toMatch(/subnormal numbers: this thread takes them for 0/);
  const [, path] = /report: (.*)/.exec(out) as RegExpExecArray;
  expect(readFileSync(path, 'utf8')).toContain('Subnormal numbers: this thread takes them for 0');
});
