import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../../../../scripts/chromium.mjs';
import { launch } from '../../../../gelu/test/support/page.js';
import { called } from '../../../test/support/cli.js';

const usable = test.skipIf(!findChromium());

let folder: string;
let browser: Browser | undefined;
let page: Page;
const problems: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  expect(await called('page', '--out', folder)).toMatchObject({ code: 0, out: `${join(folder, 'index.html')}\n` });
  if (!findChromium()) return;
  browser = await launch();
  // As from a disk, on a phone, without a network.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, offline: true });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
  page.on('request', (request) => problems.push(...(request.url().startsWith('file:') ? [] : [request.url()])));
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

const count = (selector: string): Promise<number> => page.locator(selector).count();

usable('draws everything at the beginning and fits the width of a phone', async () => {
  await page.waitForFunction("document.querySelector('#flow-progress').value === 1");
  expect(await count('#functions figure > svg')).toBe(3);
  expect(await count('#flow figure > svg')).toBe(4);
  expect([await count('#stochastic svg[aria-label]'), await count('#tail svg[aria-label]')]).toEqual([1, 1]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  expect(await page.locator('#facts').innerText()).toMatch(/−0\.169971 at x = −0\.751792/);
});

usable('activations and parameters can be chosen, and stand in the address', async () => {
  await page.getByRole('button', { name: 'Add an activation' }).click();
  await page.locator('[data-parameter=beta]').fill('1.5');
  expect(await page.locator('#functions').innerText()).toContain('SiLU, beta 1.5');
  expect(decodeURIComponent(page.url())).toContain('silu:beta=1.5');
  await page.locator('[data-part=name]').nth(1).selectOption('tanh');
  expect(await page.locator('#functions').innerText()).toMatch(/Tanh[\s\S]*SiLU, beta 1\.5/);
  await page.getByRole('button', { name: 'Remove activation 1' }).click();
  expect(await page.locator('#facts thead').innerText()).not.toContain('GELU');
  await page.locator('[data-part=name]').nth(0).selectOption('squareplus');
  await page.locator('[data-parameter=b]').fill('-1');
  expect(await page.getByRole('alert').innerText()).toMatch(/'b' must be finite and greater than 0, got -1/);
});

usable('sliders and choices draw anew', async () => {
  await page.locator('[name=depth]').fill('60');
  await page.locator('[name=residual]').check();
  await page.waitForFunction("document.querySelector('#flow-progress').value === 1");
  expect(await page.locator('[name=depth-shown]').innerText()).toBe('60');
  await page.locator('[name=draws]').fill('2');
  expect(await page.locator('#stochastic').innerText()).toContain('Averages of 100 draws');
  await page.locator('[name=type]').selectOption('float64');
  expect(await page.locator('#tail').innerText()).toContain('Error in float64');
});

usable('every control has a name, nothing failed and nothing was fetched', async () => {
  const unnamed = `[...document.querySelectorAll('input, select, button, progress')]
    .filter((e) => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).map((e) => e.outerHTML)`;
  expect(await page.evaluate(unnamed)).toEqual([]);
  expect(problems).toEqual([]);
});
