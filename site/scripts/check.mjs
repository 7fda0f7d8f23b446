// Looks at every kind of page of the built site in Chromium: axe finds nothing, light and dark; nothing is wider than the
// screen; search and navigation work by the keyboard; nothing is loaded from elsewhere. --screenshots FOLDER keeps pictures.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { BROWSER_FLAGS, findChromium } from '../../scripts/chromium.mjs';
import { serve } from './serve.mjs';

/** One of each kind. */
const PAGES = {
  home: '',
  guide: 'guides/pytorch',
  pictures: 'guides/accuracy-explained',
  manual: 'library',
  lab: 'lab',
  landscape: 'landscape',
  accuracy: 'accuracy',
  performance: 'performance',
  evidence: 'evidence',
  compatibility: 'compatibility',
  features: 'features',
  changelog: 'changelog',
  activations: 'activations/',
  activation: 'activations/gelu',
  reference: 'api/',
  entry: 'api/gelu/',
  function: 'api/gelu/variables/gelu',
  class: 'api/gelu/classes/GELU',
  type: 'api/gelu/interfaces/GeluOptions',
  missing: 'no-such-page',
};
const WIDTHS = [390, 820, 1440];

const { values } = parseArgs({ options: { base: { type: 'string', default: '/' }, screenshots: { type: 'string' } } });
const executablePath = findChromium();
if (!executablePath) throw new Error('no Chromium: node scripts/chromium.mjs says how to get one');
const server = await serve(values.base);
const origin = `http://localhost:${server.address().port}`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
const problems = [];
const report = (where, what) => problems.push(`${where}: ${what}`);

async function open(scheme, width) {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  });
  await context.route('**/*', (route) => {
    if (route.request().url().startsWith(origin)) return route.continue();
    report(route.request().url(), 'is not on the site');
    return route.abort();
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => report(page.url(), error.message));
  return page;
}

async function audit(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  for (const { id, help, nodes } of violations)
    report(where, `${id} (${help}), ${nodes.length} times: ${nodes[0].html.slice(0, 160)}`);
}

for (const scheme of ['light', 'dark']) {
  for (const width of WIDTHS) {
    const page = await open(scheme, width);
    for (const [name, path] of Object.entries(PAGES)) {
      const where = `${name}, ${scheme}, ${width} px`;
      await page.goto(`${origin}${values.base}${path}`, { waitUntil: 'networkidle' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) report(where, `${wide} px wider than the screen`);
      if (width !== 820) await audit(page, where);
      if (values.screenshots) {
        mkdirSync(values.screenshots, { recursive: true });
        await page.screenshot({ path: join(values.screenshots, `${name}-${scheme}-${width}.png`) });
      }
    }
    await page.context().close();
  }
}

// By the keyboard alone: the link past the navigation comes first; search opens, finds, and leads to a page.
const page = await open('light', 1440);
await page.goto(`${origin}${values.base}`, { waitUntil: 'networkidle' });
await page.keyboard.press('Tab');
const first = await page.evaluate(() => document.activeElement?.textContent ?? '');
if (!/skip/i.test(first)) report('keyboard', `the first stop is '${first.trim()}', not the link to the content`);
await page.keyboard.press('Control+k');
await page.waitForSelector('#localsearch-input');
await page.keyboard.type('swiglu');
await page.waitForSelector('#localsearch-list .result');
await audit(page, 'search');
await page.keyboard.press('Enter');
await page.waitForURL((url) => url.pathname !== values.base);
const found = await page.waitForSelector('main h1:has-text("glu")', { timeout: 5000 }).catch(() => undefined);
if (!found) report('search', `swiglu leads to ${page.url()}`);

await browser.close();
server.close();
for (const problem of problems) console.error(problem);
const count = Object.keys(PAGES).length;
console.log(`docs:site: ${count} kinds of page, light and dark, ${WIDTHS.join(', ')} px: ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
