import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { temporaryFolder } from '../../../test/support/folder.js';
import { launch } from '../../gelu/test/support/page.js';
import { Lab } from './support/lab.js';

// A report of each kind that is quickly made, in one page of Chromium; that of the tour, of studies and of trainings share
// their parts.

const TINY_GPT = '--steps 3 --layers 1 --width 8 --heads 2 --context 8 --batch 2'.split(' ');
const folder = temporaryFolder('reports');
const lab = new Lab(folder);
const reports = new Map<string, string>();
let browser: Browser;
let page: Page;

describe.skipIf(findChromium() === undefined)('reports', () => {
  beforeAll(async () => {
    const made = async (name: string, ...argv: string[]): Promise<void> => {
      const { code, out, err } = await lab.call(...argv);
      expect([code, err]).toEqual([0, expect.not.stringMatching(/gelu-lab:/)]);
      const file = /(?:^|Report: |report: )\s*(\S+\.html)/m.exec(out)![1];
      reports.set(name, join(folder, file));
    };
    await made('plot', 'plot', 'gelu', 'relu', '--out', 'plot.html');
    await made('compare', 'compare', 'gelu', 'gelu_new', 'relu', '--out', 'compare.html');
    await made('flow', 'flow', '--depth', '4', '--width', '8', '--batch', '8');
    await made('audit', 'audit', 'gelu/tfjs:cpu', '--points', '1000', '--elements', '0');
    await made('train', 'train', 'gpt', ...TINY_GPT);
    browser = await launch();
    page = await (await browser.newContext()).newPage();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await lab.close();
  });

  const open = async (name: string): Promise<void> => {
    await page.goto(pathToFileURL(reports.get(name)!).href);
  };

  test.each(['plot', 'compare', 'flow', 'audit', 'train'])('axe finds nothing in that of %s', async (name) => {
    await open(name);
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    for (const [width, colorScheme] of [
      [390, 'light'],
      [1440, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
      ).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });

  test('a chart says what its lines are worth, and hides them', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await open('plot');
    const figure = page.locator('figure').first();
    const svg = figure.locator('svg[data-x]');
    const box = (await svg.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
    const [, x, gelu, relu] = /^x (\S+): GELU (\S+), ReLU (\S+)$/.exec(await figure.locator('output').innerText())!;
    expect(Number(x)).toBeGreaterThan(3);
    // GELU and ReLU are x here, to three digits; a pixel is 0.03.
    for (const y of [gelu, relu]) expect(Math.abs(Number(y) - Number(x))).toBeLessThan(0.05);
    await figure.getByRole('button', { name: 'ReLU' }).click();
    await svg.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await figure.locator('output').innerText()).toMatch(/^x \S+: GELU \S+$/);
    expect(await svg.locator('[data-series="1"]').first().isVisible()).toBe(false);
  });

  test('an audit leaves a badge, a GPT what it writes', () => {
    const [audit, train] = ['audit', 'train'].map((name) => reports.get(name)!);
    expect(existsSync(join(audit, '..', 'badge.svg'))).toBe(true);
    expect(readFileSync(join(audit, '..', 'badge.svg'), 'utf8')).toMatch(/^<svg xmlns=.*✔ [\d.]+ ULP/);
    expect(readFileSync(train, 'utf8')).toMatch(/What it writes<\/h2><pre[^>]*>[\s\S]{100,}<\/pre>/);
    expect(readFileSync(train, 'utf8')).toMatch(/<h1>gpt with gelu: \w+ [\d.]+ on \w+ after 3 steps/);
  });
});
