import { runCommand } from 'citty';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { accuracyCommand, runAccuracy } from './command.js';
import { failures, formatWorst } from './report.js';

afterEach(() => vi.restoreAllMocks());

describe('runAccuracy', () => {
  const run = { points: 800, seed: 3, forms: ['none', 'sigmoid'] as const, json: false };

  it('reports each form and order with the seed', async () => {
    let printed = '';
    const report = await runAccuracy({ ...run, write: (text) => (printed = text) });
    expect(report.passed).toBe(true);
    expect(report.overall.map(({ form, order, points }) => [form, order, points])).toEqual(
      run.forms.flatMap((form) => [0, 1, 2].map((order) => [form, order, 800])),
    );
    expect(printed).toContain('800 points for each form and order, seed 3');
    expect(printed).toContain('All within 1 ULP');
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('prints the same as JSON', async () => {
    let printed = '';
    const report = await runAccuracy({ ...run, json: true, write: (text) => (printed = text) });
    expect(JSON.parse(printed)).toEqual(report);
  });
});

describe('the command', () => {
  const run = async (...rawArgs: string[]) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await runCommand(accuracyCommand, { rawArgs });
    return write.mock.calls.map(([text]) => text).join('');
  };

  it('takes points, seed and forms', async () => {
    const printed = await run('--points', '400', '--seed', '9', '--forms', 'tanh');
    expect(printed).toContain('400 points for each form and order, seed 9');
    expect(printed).not.toContain('sigmoid');
    expect(process.exitCode).toBeUndefined();
  });

  it('refuses other values', async () => {
    await expect(run('--points', 'many')).rejects.toThrow('--points');
    await expect(run('--points', '0')).rejects.toThrow('--points');
    await expect(run('--forms', 'erf')).rejects.toThrow('none, tanh, sigmoid');
  });
});

describe('the bound', () => {
  const entry = { form: 'none', points: 1, ulpAt: 0.1, addendUlpAt: 0.1 } as const;

  it('is 1 ULP of the result, at a root of a derivative of its larger addend', () => {
    const good = { ...entry, order: 1, range: 'at root', ulp: 50, addendUlp: 0.6 } as const;
    const bad = { ...entry, order: 1, range: 'near root', ulp: 1.5, addendUlp: 0.6 } as const;
    const missing = { ...entry, order: 0, range: 'tail', ulp: Number.NaN, addendUlp: 0 } as const;
    expect(failures([good, bad, missing])).toEqual([bad, missing]);
  });

  it('is shown with the place to its last digit', () => {
    const row = { ...entry, order: 0, range: 'tail', ulp: 0.51, addendUlp: 0.51, ulpAt: 0.1 + 0.2 } as const;
    expect(formatWorst([row])).toContain('0.30000000000000004');
  });
});
