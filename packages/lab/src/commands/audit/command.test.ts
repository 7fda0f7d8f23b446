import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteOnnx } from 'gelu/onnx';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { hasAdapter } from '../../../../gelu/scripts/webgpu.mjs';
import { called } from '../../../test/support/cli.js';
import { reluKernel } from '../../../test/support/wasm-kernel.js';
import { patternModel } from '../../onnx-models/pattern-model.js';
import { PATTERNS } from '../../onnx-models/patterns.js';

const folder = temporaryFolder('audit');
const at = (name: string): string => join(folder, name);

const library = new URL('../../../../gelu/dist/esm/index.js', import.meta.url).href;
writeFileSync(
  at('good.mjs'),
  `import { gelu as f, geluDerivative as g } from '${library}';
  export const gelu = (x) => f(x);
  export const geluDerivative = (x) => g(x);
  export const array = (x) => f(x);
  export const promised = async (x) => [...f(x)];
  export const output = (x, y) => { f(x, { out: y }); };
  export const place = (x) => { f(x, { out: x }); };
  export const slope = (x) => g(x);
  export const short = (x) => (x.length === 2 ? x : x.slice(1));
  export const text = () => 'text';
  export const broken = () => { throw new Error('out of order'); };`,
);
writeFileSync(at('bad.mjs'), 'export default { gelu: (x) => x / (1 + Math.exp(-1.702 * x)) };');

const audit = (...argv: string[]) =>
  called('audit', ...argv, '--points', '2000', '--elements', '0', '--out', at('runs'));

test.each(['gelu', 'array', 'promised', 'output', 'place'])(
  'a function of a module, however it is called: %s',
  async (name) => {
    const { code, out } = await audit(`${at('good.mjs')}#${name}`, '--level', 'exact', '--json');
    const result = JSON.parse(out);
    expect(result.passed).toBe(true);
    expect(code).toBe(0);
    expect(result.gradient === null).toBe(name !== 'gelu'); // geluDerivative is found by its name
  },
);

test('the folder of a run, the text and the gradient that is named', async () => {
  const { code, out } = await audit(`${at('good.mjs')}#array`, '--gradient', 'slope', '--level', 'exact');
  expect(code).toBe(0);
  expect(out).toMatch(/pass +gradient +worst error +0\.5 ULP.*PASSED at level exact/s);
  const run = /report: (.*)\/report\.html/.exec(out)?.[1] as string;
  expect(readdirSync(run).sort()).toEqual(
    ['badge.svg', 'config.json', 'environment.json', 'log.txt', 'metrics.jsonl', 'report.html', 'results.json'].sort(),
  );
  const report = readFileSync(join(run, 'report.html'), 'utf8');
  expect(report.match(/<svg[^>]*aria-label="The (function|gradient)"/g)).toHaveLength(4);
  expect(report).not.toMatch(/src=|href="http/);
});

test('another form is reported, with exit code 1', async () => {
  const wrong = await audit(at('bad.mjs'), '--level', 'framework');
  expect(wrong.code).toBe(1);
  expect(wrong.out).toMatch(/FAIL +value +beyond.*FAILED at level framework/s);
  const right = await audit(at('bad.mjs'), '--level', 'framework', '--form', 'sigmoid');
  expect(right.code).toBe(0);
});

test.each<[string, string[], number]>([
  ['gelu', ['--level', 'exact'], 0],
  ['gelu/jax', ['--level', '1ulp'], 0],
  ['gelu/tfjs:cpu', ['--level', '1ulp', '--form', 'tanh'], 0],
  ['gelu/tfjs:wasm', ['--level', '1ulp', '--form', 'sigmoid'], 0],
  ['gelu/tfjs:wasm', ['--level', 'exact'], 1],
  ['tfjs:wasm', ['--level', 'framework'], 0],
  ['tfjs:wasm', ['--level', '1ulp'], 1],
  ['tfjs:cpu', ['--level', 'framework', '--form', 'tanh'], 1],
  ['jax:nn.gelu', ['--level', 'framework', '--form', 'tanh'], 1],
  ['onnx:node', ['--level', '1ulp'], 1],
])('%s %j', async (target, options, expected) => {
  expect((await audit(target, ...options)).code).toBe(expected);
});

test.skipIf(!hasAdapter && !process.env.CI)(
  'gelu/webgpu: within 2 ULP, where the adapter keeps the result',
  async () => {
    const { code, out } = await audit('gelu/webgpu', '--level', 'framework', '--json');
    const { implementation, value, gradient } = JSON.parse(out);
    expect(implementation).toMatch(/^gelu\/webgpu on \S+ .*\(this library\)$/);
    for (const { range, ulp } of [...value.ranges, ...gradient.ranges])
      if (!/0|subnormal|tiny/.test(range) || range === '−1 to 0') expect(ulp, range).toBeLessThanOrEqual(2);
    expect([value.flushed.count, value.wrongSign.count, gradient.notFinite.count]).toEqual([0, 0, 0]);
    expect(value.specials.filter(({ same }: { same: boolean }) => !same)).toEqual([]);
    expect(code).toBe(0);
  },
);

test('an ONNX file, before and after a rewrite', async () => {
  const model = patternModel(PATTERNS[8]);
  writeFileSync(at('tanh.onnx'), model);
  writeFileSync(at('accurate.onnx'), rewriteOnnx(model, { to: 'accurate' }).bytes());
  const before = JSON.parse((await audit(at('tanh.onnx'), '--json')).out);
  expect(before).toMatchObject({ form: 'tanh', passed: false });
  expect(before.value.flushed.count).toBeGreaterThan(0);
  const after = JSON.parse((await audit(at('accurate.onnx'), '--json')).out);
  expect(after.form).toBe('tanh');
  expect(after.value).toMatchObject({ wrongSign: { count: 0 }, flushed: { count: 0 } });
  expect(after.value.worst.ulp).toBeLessThan(8);
});

test('a kernel in a WebAssembly file', async () => {
  writeFileSync(at('kernel.wasm'), await reluKernel('relu'));
  const { code, out } = await audit(`${at('kernel.wasm')}#relu`, '--json');
  const result = JSON.parse(out);
  expect(code).toBe(1);
  // What ReLU does right and wrong as a GELU.
  expect(result.value).toMatchObject({ notFinite: { count: 0 }, asymmetry: { ulp: 0 } });
  expect(result.value.flushed.count).toBeGreaterThan(100);
  expect((await audit(`${at('kernel.wasm')}#gelu`)).err).toMatch(/exports no function 'gelu'; it has memory, relu/);
});

test.each<[string[], number, RegExp]>([
  [[], 2, /Which target\?/],
  [['torch'], 2, /no target 'torch'; it must be module\.mjs#function/],
  [['gelu', '--level', 'good'], 2, /--level must be one of exact, 1ulp, framework/],
  [['tfjs:cpu', '--form', 'sigmoid'], 2, /--form must be one of none, tanh for tfjs:cpu/],
  [[at('absent.mjs')], 1, /absent\.mjs cannot be loaded/],
  [[`${at('good.mjs')}#nothing`], 1, /exports no function 'nothing'; it has .*array/],
  [[`${at('good.mjs')}#array`, '--gradient', 'none'], 1, /exports no function 'none'/],
  [[`${at('good.mjs')}#text`], 1, /text gives neither an array/],
  [[`${at('good.mjs')}#broken`], 1, /nor a number for a number: out of order/],
  [[`${at('good.mjs')}#short`], 1, /not an elementwise function/],
  [[at('absent.onnx')], 1, /absent\.onnx cannot be read/],
])('a wrong call: %j', async (argv, code, message) => {
  expect(await called('audit', ...argv, '--out', at('runs'))).toMatchObject({
    code,
    err: expect.stringMatching(message),
  });
});
