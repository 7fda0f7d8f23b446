import { gelu } from 'gelu';
import { expect, test } from 'vitest';
import { type AuditInput, type AuditOutput, auditJob } from './audit-job.js';

function audited(source: string, form: AuditInput['form'] = 'none'): AuditOutput {
  let output: AuditOutput | undefined;
  auditJob(
    { source, form },
    {
      post: (part) => {
        output = part as AuditOutput;
      },
      listen: () => {},
    },
  );
  return output!;
}

test('this library is correctly rounded, what is written out is not', () => {
  (globalThis as unknown as { mine: unknown }).mine = gelu;
  expect(audited('(x) => globalThis.mine(x)')).toMatchObject({ level: 'exact', firstZero: null, notFinite: 0 });
  const naive = '(x) => 0.5 * x * (1 + Math.tanh(0.7978845608028654 * (x + 0.044715 * x ** 3)))';
  expect(audited(naive, 'tanh')).toMatchObject({ level: 'framework' });
  expect(audited(naive, 'tanh').firstZero).toBeLessThan(-4);
  expect(audited(naive)).toMatchObject({ level: 'none' });
  expect(audited('(x) => globalThis.mine(x) * (1 + 2 ** -25)').level).toBe('1ulp');
});

test.each(['', '1 +', '3', '() => "one"', '() => { throw new Error("no"); }'])('%j is an error', (source) => {
  expect(() => audited(source)).toThrow();
});
