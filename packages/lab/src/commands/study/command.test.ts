import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { called } from '../../../test/support/cli.js';
import { STUDIES } from '../../studies/index.js';

test.each<[string[], RegExp]>([
  [[], /Which study\? mnist, mnist-init, mnist-dropout/],
  [['mnits'], /no study 'mnits'; there are mnist/],
  [['mnist', '--budget', 'soon'], /--budget must be a time like 90, 90s/],
  [['mnist', '--jobs', '0'], /--jobs must be a whole number/],
  [['mnist', '--activations', 'gelu,rely'], /rely/],
  [['mnist', '--activations', 'gelu,gelu'], /each may be named once/],
  [['gpt', '--activations', 'geglu,swigly'], /swigly/],
  [['mnist', '--resume', 'x'], /Which study/],
  [['--resume', '/no/such/folder'], /holds no study/],
  [['--resume', 'x', '--activations', 'gelu'], /--activations is settled when a study starts/],
])('a wrong call is reported with code 2: %j', async (argv, message) => {
  expect(await called('study', ...argv)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
});

test.each(['tweets', 'timit', 'cifar10', 'cifar100'])(
  '%s without its data says what to fetch, and leaves no folder',
  async (name) => {
    const out = mkdtempSync(join(tmpdir(), 'study-'));
    const { code, err } = await called('study', name, '--out', join(out, 'runs'), '--data', out);
    expect([code, err]).toEqual([1, expect.stringMatching(/--data FOLDER/)]);
    rmSync(out, { recursive: true });
  },
);

test('each study has its arms, with the usual choice in the grid, and says what the paper says in its own unit', () => {
  for (const { name, arms, activations, measures, paper, full } of STUDIES) {
    const all = arms(activations, {});
    expect(all.length, name).toBeGreaterThan(1);
    for (const { grid, usual } of all) expect(grid[usual], name).toBeDefined();
    for (const arm of Object.keys(paper?.figures ?? {})) expect(all.map((a) => a.name)).toContain(arm);
    expect(measures.length).toBeGreaterThan(0);
    expect(full.seeds).toBeGreaterThanOrEqual(3);
  }
});
