import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import { inspectOnnx } from 'gelu/onnx';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../../../../scripts/chromium.mjs';
import { launch } from '../../../../gelu/test/support/page.js';
import { called } from '../../../test/support/cli.js';
import { patternModel } from '../../onnx-models/pattern-model.js';
import { PATTERNS } from '../../onnx-models/patterns.js';
import { digest } from '../../page/digits/digest.js';
import { IMAGES, PROGRAM } from '../../page/digits/ids.js';
import { unpackDigits } from '../../page/digits/images.js';
import { EVERY } from '../../page/digits/job.js';
import { digitsTask, type NetworkChoice } from '../../page/digits/network.js';
import { MAP, mapPoints } from '../../page/race/job.js';
import { Race, type RaceInput } from '../../page/race/race.js';
import { startEngine } from '../../training/engine.js';
import { Trainer } from '../../training/trainer.js';

/** So much of the digits is read before the test goes on; it gets to 90 as well, in 300 steps. */
const READ = Number(process.env.GELU_DIGITS ?? 70);

const usable = test.skipIf(!findChromium());

let folder: string;
let file: string;
let browser: Browser | undefined;
let page: Page;
const problems: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  file = join(folder, 'index.html');
  expect(await called('page', '--out', folder)).toMatchObject({ code: 0, out: `${file}\n` });
  if (!findChromium()) return;
  browser = await launch();
  // As from a disk, on a phone, without a network.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, offline: true, hasTouch: true });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => problems.push(message.text()));
  page.on('request', (request) => problems.push(...(/^(file|blob|data):/.test(request.url()) ? [] : [request.url()])));
  await open('');
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});
// What was said or fetched is known after every test.
afterEach(() => {
  expect(problems).toEqual([]);
});

/** Another address of the same page. */
async function open(address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(pathToFileURL(file).href + address);
}
const wide = (): Promise<void> => page.setViewportSize({ width: 1440, height: 900 });
const title = (id: string): Promise<string> => page.locator(`#${id} figure h3`).first().innerText();
/** The name and value of a slider, as assistive technology has them. */
const valueText = (id: string, name: string): Promise<string | null> =>
  page.locator(`#${id}`).getByRole('slider', { name }).first().getAttribute('aria-valuetext');

test('the page fits into 450 KiB (brotli)', () => {
  const packed = brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  expect(packed.length).toBeLessThan(450 * 1024);
});

usable('the gate follows mouse, touch and arrow keys', async () => {
  expect(await title('gate')).toBe('x = −0.75: kept with probability 22.7 % → −0.170');
  const handle = page.locator('#gate .handle');
  await handle.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  expect(await title('gate')).toBe('x = −0.45: kept with probability 32.6 % → −0.147');
  const pad = (await page.locator('#gate .pad').first().boundingBox())!;
  await page.touchscreen.tap(pad.x + pad.width / 2, pad.y + pad.height / 2);
  expect(await title('gate')).toBe('x = 0: kept with probability 50.0 % → 0.000');
  await page.mouse.move(pad.x + pad.width / 2, pad.y + 20);
  await page.mouse.down();
  await page.mouse.move(pad.x + 0.75 * pad.width, pad.y + 40, { steps: 4 });
  await page.mouse.up();
  expect(await title('gate')).toBe('x = 2: kept with probability 97.7 % → 1.954');
  await page.waitForFunction("location.hash === '#x=2'");
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});

usable('coins settle on the curve, the bell gets hard, the dip is shown', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open('#gate');
  const toss = page.getByRole('button', { name: 'Toss the coin' });
  for (let i = 0; i < 5; i++) await toss.click();
  expect(await page.locator('#gate .legend').innerText()).toContain('mean of 10000 tosses');
  const [, far] = /at most (0\.\d+) from the curve/.exec(await page.locator('#gate .more').innerText())!;
  expect(Number(far)).toBeLessThan(0.06); // 4 standard deviations of the mean
  await page.getByRole('button', { name: 'Make it hard' }).click();
  expect(await title('gate')).toBe('x = −0.75: kept with probability ≈ 0 % → −0.000');
  await page.getByRole('button', { name: 'Make it soft' }).click();
  await page.getByRole('button', { name: 'The dip' }).click();
  expect(await page.locator('#gate .note').allTextContents()).toEqual([
    'lowest: −0.17 at −0.7518; the slope is 0',
    'falls fastest at −1.414',
  ]);
  await page.emulateMedia({ reducedMotion: null });
});

usable('the address is the state: taken, kept, gone back in', async () => {
  await wide();
  await open('#gate&x=1.25&foo=1');
  expect(await page.getByRole('alert').first().innerText()).toContain('foo=1: this page has no such part');
  await page.locator('#gate .handle').press('ArrowRight');
  await page.waitForFunction("location.hash === '#gate&x=1.26&foo=1'");
  await page.goBack();
  await page.waitForFunction("document.querySelector('#gate .handle').getAttribute('aria-valuenow') === '1.25'");
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.waitForFunction("location.hash === '#gate&x=1.25'");
});

usable('comparison: chosen, hidden, read at the crosshair, zoomed, bent, a formula of one’s own', async () => {
  await wide();
  await open('#compare&f=gelu,gelu:approximate=tanh,silu');
  const compare = page.locator('#compare');
  expect(await title('compare')).toBe('GELU, tanh form stays within 4.7·10⁻⁴ of GELU between −5 and 5');
  await compare.getByRole('radio', { name: 'in ULP' }).check();
  await compare.locator('.crosshair').first().focus();
  expect(await valueText('compare', 'Crosshair: The functions')).toMatch(/^x = 0: /);
  await page.keyboard.press('ArrowRight');
  expect(await valueText('compare', 'Crosshair: The functions')).toMatch(/^x = 0\.1: .*GELU 0\.053983/);
  await page.keyboard.press('+');
  await page.waitForFunction('/range=-3.3\\d*\\.\\.3\\.3/.test(location.hash)');
  await page.keyboard.press('Home');
  await compare.getByRole('slider', { name: 'mean of GELU' }).press('ArrowRight');
  expect(await compare.locator('.legend').innerText()).toMatch(/GELU, mean 0\.0/);
  await compare.getByRole('button', { name: /SiLU/ }).click();
  expect(await compare.getByRole('button', { name: /SiLU/ }).getAttribute('aria-pressed')).toBe('false');
  await compare.getByPlaceholder('x * sigmoid').fill('x*sigmoid(');
  expect(await compare.locator('#own-hint').innerText()).toMatch(/expected a number, x/);
  await compare.getByPlaceholder('x * sigmoid').fill('x*sigmoid(1.6x)');
  expect(await compare.locator('.legend').innerText()).toContain('x*sigmoid(1.6x)');
  await page.waitForFunction("location.hash.includes('own=x*sigmoid(1.6x)')");
  await compare.locator('.activation select').first().selectOption('mish');
  await compare.getByRole('button', { name: 'Add an activation' }).click();
  expect(await compare.locator('.card').count()).toBe(5);
  await compare.getByLabel(/a whole config\.json/).fill('{"activation_function": "gelu_new"}');
  expect(await page.locator('#which').innerText()).toMatch(
    /the tanh form: "activation_function": "gelu_new"[\s\S]*GELU\(approximate='tanh'\)/,
  );
});

usable('a figure is saved as SVG, PNG and CSV, and shows its code', async () => {
  const saved = async (name: string): Promise<string> => {
    await page.locator('#gate summary[aria-label]').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#gate').getByRole('button', { name, exact: true }).click(),
    ]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };
  expect(readFileSync(await saved('SVG'), 'utf8')).toMatch(/^<svg xmlns[\s\S]*kept with probability[\s\S]*<path d="M/);
  expect(readFileSync(await saved('CSV'), 'utf8')).toMatch(/^axis,curve,x,y\nx·Φ\(x\),ReLU,-6,0\n/);
  const png = await saved('PNG');
  expect(existsSync(png) && statSync(png).size).toBeGreaterThan(10_000);
  await page.locator('#gate summary[aria-label]').click();
  await page.locator('#gate').getByRole('button', { name: 'Code' }).click();
  expect(await page.getByRole('dialog').innerText()).toMatch(
    /import \{ gelu \} from 'gelu'[\s\S]*torch\.nn\.functional\.gelu/,
  );
  await page.keyboard.press('Escape');
});

usable('depth and tail are computed in workers', async () => {
  await wide();
  await open('#depth&layers=60&residual=yes');
  await page.waitForFunction("document.querySelectorAll('#depth .strip i:not(.open)').length === 93");
  expect(await title('depth')).toMatch(/^After 60 layers GELU leaves \d/);
  expect(await page.locator('#depth tbody tr').count()).toBe(3);
  await open('#depth');
  await page.locator('#depth').getByRole('button', { name: '1.084' }).press('Enter'); // what mean-field theory says of GELU
  await page.waitForFunction("location.hash.includes('gain=1.0844')");
  await page.locator('#depth').getByRole('slider', { name: 'gain of the weights' }).press('ArrowLeft');
  await page.waitForFunction("location.hash.includes('gain=1.07')");
  await open('#tail');
  await page.locator('#tail').getByRole('radio', { name: 'float64' }).check();
  await page.locator('#tail .crosshair').press('ArrowLeft');
  expect(await page.locator('#tail .bits').innerText()).toMatch(/this library: −[\s\S]*\d ULP off/);
  await page.waitForFunction("location.hash.includes('type=float64')");
});

usable(
  'a race is learned to 95 % by both, with keys; an activation changes on the way; seeds are counted',
  async () => {
    await wide();
    await open('#race&f=gelu,relu&speed=20&rate=0.02');
    const race = page.locator('#race');
    await race.getByRole('button', { name: 'Step' }).press('Enter');
    await page.waitForFunction("/^After 1 steps/.test(document.querySelector('#race h3').textContent)");
    await race.getByRole('button', { name: 'Play' }).press('Enter');
    const accurate = `[...document.querySelectorAll('#race .legend b')].filter((b) => parseFloat(b.textContent.replace('> ', '')) >= 95).length === 2`;
    await page.waitForFunction(accurate);
    await page.locator('#compare .activation select').nth(2).selectOption('silu');
    await page.waitForFunction("/SiLU/.test(document.querySelector('#race h3').textContent)");
    expect(Number(/After (\d+)/.exec(await title('race'))![1])).toBeGreaterThan(20); // it went on
    await race.getByRole('button', { name: 'Pause' }).press('Enter');
    await race
      .locator('canvas.map')
      .first()
      .click({ position: { x: 20, y: 20 } });
    await page.waitForFunction("location.hash.includes('points=')");
    await race.getByRole('application').focus();
    for (const key of ['Shift+ArrowUp', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await page.waitForFunction("location.hash.includes(';0.05,0.5,1')");
    await race.getByRole('button', { name: /Race from 12 seeds/ }).press('Enter');
    await page.waitForFunction(
      "/beats SiLU in \\d+ of 12 seeds/.test(document.querySelector('#race .more').textContent)",
    );
  },
);

usable('a training in the page gives the bits of one in Node', async () => {
  const input: RaceInput = {
    specs: ['gelu', 'silu'],
    shape: 'spiral',
    noise: 0.1,
    layers: 3,
    width: 9,
    rate: 0.02,
    seed: 7,
  };
  const race = new Race(input);
  for (let i = 0; i < 60; i++) race.advance();
  const expected = race.networks.map((network) => [...network.forward(mapPoints(MAP))]);
  const inWorker = ([order]: [RaceInput]): Promise<number[][]> =>
    new Promise((resolve, reject) => {
      const program = document.querySelector('script:not([type])')!.textContent!;
      const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data: { part } }) => {
        if (part.step === 60) resolve(part.lanes.map(({ map }: { map: Float32Array }) => [...map]));
      };
      worker.postMessage({ job: 'race', input: order });
      worker.postMessage({ steps: 60, rate: order.rate });
    });
  expect(await page.evaluate(inWorker, [input] as [RaceInput])).toEqual(expected);
});

usable('digits are learned, by both networks to the bits of Node', async () => {
  await wide();
  await open('#digits');
  const digits = page.locator('#digits');
  expect(await title('digits')).toBe('Press Learn, or draw a digit');
  const read = `parseFloat(/reads ([\\d.]+)/.exec(document.querySelector('#digits h3').textContent)?.[1] ?? 0)`;
  await digits.getByRole('button', { name: 'Learn' }).press('Enter');
  await page.waitForFunction(`${read} >= ${READ}`);
  await digits.getByRole('button', { name: 'Pause' }).press('Enter');
  await digits.getByRole('button', { name: 'A digit it has not seen' }).press('Enter');
  await page.waitForFunction(
    "/It reads a 0 .*, and it is/.test(document.querySelector('#digits .verdict').textContent)",
  );
  expect(await digits.locator('.layers canvas').count()).toBe(8);
  // A one, by keys: then a line by touch leaves it.
  await digits.locator('.ink').focus();
  for (const key of ['Delete', ...Array(3).fill('Shift+ArrowUp'), ' ', ...Array(6).fill('Shift+ArrowDown')])
    await page.keyboard.press(key);
  await page.waitForFunction("/It reads a 1 /.test(document.querySelector('#digits .verdict').textContent)");
  const chances = await digits.locator('.chances').innerHTML();
  const box = (await digits.locator('.ink').boundingBox())!;
  await page.touchscreen.tap(box.x + 20, box.y + 20);
  await page.waitForFunction((before) => document.querySelector('#digits .chances')!.innerHTML !== before, chances);

  const text = (id: string): Promise<string> => page.locator(`#${id}`).innerHTML();
  const images = Uint8Array.from(Buffer.from(await text(IMAGES), 'base64'));
  const data = unpackDigits(images);
  await startEngine();
  const choices = (['paper', 'transformer'] as const).map(
    (net): NetworkChoice => ({ net, activation: 'gelu', seed: 3 }),
  );
  const expected: string[] = [];
  for (const choice of choices) {
    const trainer = new Trainer(digitsTask(data, choice), { seed: 3, optimizer: { name: 'adamw' } });
    for (let i = 0; i < EVERY; i++) await trainer.step(1e-3);
    expected.push(digest((await trainer.state()).parameters));
    trainer.dispose();
  }
  const inWorker = (given: { program: string; images: string; steps: number; choices: object[] }): Promise<string[]> =>
    new Promise((resolve, reject) => {
      const program = document.getElementById(given.program)!.textContent!;
      const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
      const digests: string[] = [];
      const next = (): void => {
        worker.postMessage({ begin: given.choices[digests.length] });
        worker.postMessage({ steps: given.steps, rate: 1e-3 });
      };
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data: { part, problem } }) => {
        if (problem) reject(new Error(problem));
        if (part?.score?.step !== given.steps) return;
        digests.push(part.score.digest);
        if (digests.length === given.choices.length) resolve(digests);
        else next();
      };
      const images = Uint8Array.from(atob(document.getElementById(given.images)!.textContent!), (c) => c.charCodeAt(0));
      worker.postMessage({ job: 'digits', input: { images } });
      next();
    });
  const given = { program: PROGRAM, images: IMAGES, steps: EVERY, choices };
  expect(await page.evaluate(inWorker, given)).toEqual(expected);
});

usable('a function is audited in a worker: a poor one, a good one, one that hangs is stopped', async () => {
  await open('#tail');
  const tail = page.locator('#tail');
  const audit = tail.getByRole('button', { name: 'Audit' });
  await audit.press('Enter');
  await tail.locator('.badge').waitFor();
  expect(await tail.locator('.badge').innerText()).toContain('not as close as frameworks promise');
  await tail.locator('textarea').fill('(x) => x > 0 ? x : 0 / 0');
  await audit.press('Enter');
  await page.waitForFunction("/results are not finite/.test(document.querySelector('#tail .more').textContent)");
  await tail.locator('textarea').fill('() => { for (;;); }');
  await audit.press('Enter');
  await tail.getByRole('button', { name: 'Stop' }).press('Enter');
  await tail.locator('textarea').fill('x =>');
  await audit.press('Enter');
  await page.waitForFunction("/no JavaScript expression/.test(document.querySelector('#tail .more').textContent)");
});

usable('a model is inspected, rewritten and downloaded; another says what is wrong', async () => {
  await open('#model');
  const section = page.locator('#model');
  const give = (...files: { name: string; buffer: Buffer }[]): Promise<void> =>
    section.locator('input[type=file]').setInputFiles(files.map((file) => ({ mimeType: '', ...file })));
  await give({ name: 'model.onnx', buffer: Buffer.from(patternModel(PATTERNS[0])) });
  await section.locator('tbody tr').first().waitFor();
  expect(await section.innerText()).toMatch(/1 GELUs[\s\S]*gelu none/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: 'Rewrite and download' }).press('Enter'),
  ]);
  expect(download.suggestedFilename()).toBe('model.gelu.onnx');
  const path = join(folder, 'model.gelu.onnx');
  await download.saveAs(path);
  expect(inspectOnnx(readFileSync(path)).gelus.map(({ written }) => written)).toEqual(['Gelu']);
  await give({ name: 'other.onnx', buffer: Buffer.from('no model') });
  await page.waitForFunction("document.querySelector('#model [role=alert]').textContent !== ''");
  await give({ name: 'model.json', buffer: Buffer.from('{"weightsManifest": [{"paths": ["a.bin"]}]}') });
  await page.waitForFunction("/needs a.bin/.test(document.querySelector('#model [role=alert]').textContent)");
});

usable('this device is measured, stopped, and copied as JSON', async () => {
  await wide();
  await open('#device');
  const device = page.locator('#device');
  await device.getByRole('button', { name: 'Measure' }).press('Enter');
  await device.locator('tbody tr').first().waitFor();
  await device.getByRole('button', { name: 'Stop' }).press('Enter');
  expect(await device.locator('progress').count()).toBe(0);
  await device.getByRole('button', { name: 'Measure' }).press('Enter');
  await device.getByRole('button', { name: 'Copy as JSON' }).waitFor();
  const rows = await device.locator('tbody tr').allInnerTexts();
  expect(rows).toHaveLength(6);
  expect(rows[1]).toMatch(/a number at a time\t0\.5 ULP .*never too early/);
  expect(rows[2]).toMatch(/correctly rounded\t0\.5 ULP/);
  expect(rows[4]).toMatch(/isolated/);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await device.getByRole('button', { name: 'Copy as JSON' }).press('Enter');
  await page.waitForFunction("document.querySelector('#device [role=status]').textContent === 'copied'");
  const copied = JSON.parse(await page.evaluate('navigator.clipboard.readText()'));
  expect(copied.rows.map(({ name }: { name: string }) => name)).toHaveLength(6);
  expect(copied.rows[2].worstUlp).toBeLessThanOrEqual(0.5);
});

usable('a study’s intervals are shown and saved; so is a run of one’s own', async () => {
  await wide();
  await open('#evidence&study=mnist');
  const evidence = page.locator('#evidence');
  expect(await title('evidence')).toMatch(/^MNIST classification: \d of \d+ intervals leave out 0$/);
  expect(await evidence.locator('tbody').first().innerText()).toMatch(/test error[\s\S]*GELU − ReLU[\s\S]*%, /);
  await evidence.getByLabel('study').selectOption('gpt');
  await page.waitForFunction("location.hash === '#evidence&study=gpt'");
  await open('#evidence&study=nonsuch');
  expect(await page.getByRole('alert').first().innerText()).toMatch(/study=nonsuch: expected one of .*mnist/);
  const run = join(folder, 'run');
  mkdirSync(run);
  const write = (name: string, text: string): void => writeFileSync(join(run, name), text);
  write('config.json', '{"command": "study"}');
  expect(await called('page', '--run', run, '--out', folder)).toMatchObject({ code: 1, err: /no results yet/ });
  write('results.json', readFileSync(new URL('../../../../../docs/evidence/gpt.json', import.meta.url), 'utf8'));
  const out = join(folder, 'own');
  expect(await called('page', '--run', run, '--out', out)).toMatchObject({ code: 0 });
  await page.goto(`${pathToFileURL(join(out, 'index.html')).href}#evidence`);
  expect(await title('evidence')).toMatch(/, your run: \d of \d intervals leave out 0$/);
  expect(await evidence.locator('.curves canvas').count()).toBeGreaterThan(0);
  write(
    'config.json',
    '{"command": "train", "model": "mnist", "options": {"activation": "silu"}, "training": {"seed": 4}}',
  );
  const losses = [2, 1, 0.5].map((loss, i) => JSON.stringify({ kind: 'step', step: i + 1, loss, gradientNorm: 1 }));
  write('metrics.jsonl', `${losses.join('\n')}\n`);
  await called('page', '--run', run, '--out', out);
  await page.reload();
  expect(await title('evidence')).toBe('mnist with silu, seed 4, your run');
  expect(await evidence.locator('.curves [role=img], .curves svg').count()).toBeGreaterThan(1);
  write('config.json', '{"command": "flow"}');
  expect(await called('page', '--run', run, '--out', out)).toMatchObject({
    code: 2,
    err: /expected one of study or train/,
  });
});

usable.each([
  [390, 'light'],
  [820, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const)('axe finds nothing at %d, %s', async (width, colorScheme) => {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await open('');
  // Every figure is drawn when it comes near.
  for (const id of ['compare', 'race', 'digits', 'depth', 'tail', 'model', 'device', 'evidence'])
    await page.locator(`#${id} .lead`).scrollIntoViewIfNeeded();
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
  ).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  await page.emulateMedia({ colorScheme: null });
});

usable('one part can stand in another page', async () => {
  await page.goto('about:blank');
  await page.goto(`${pathToFileURL(file).href}?embed=gate#x=1`);
  expect(await page.locator('section').count()).toBe(1);
  expect(await title('gate')).toMatch(/^x = 1:/);
});

usable('every control has a name, nothing was said and nothing was fetched', async () => {
  await open('');
  const unnamed = `[...document.querySelectorAll('input, select, button, progress, textarea, [role=slider]')]
    .filter((e) => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).map((e) => e.outerHTML)`;
  expect(await page.evaluate(unnamed)).toEqual([]);
});
