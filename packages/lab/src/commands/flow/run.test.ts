import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../../test/support/folder.js';
import { Interrupted, UsageError } from '../../console/errors.js';
import { exitOf, histogram, someDepths } from '../../flow/measure.js';
import { commandLine, DEFAULTS, type FlowChoices, flowConfig, readFlowConfig } from '../../flow/options.js';
import { runFlow } from './run.js';
import { flowTable } from './table.js';

const out = emptyFolder('flow');

const choose = (some: Partial<FlowChoices>) => flowConfig({ ...DEFAULTS, ...some });
const small = { activations: 'gelu,relu', depth: '6', width: '16', batch: '16', 'layer-norm': 'no,yes', draws: '2' };
const quiet = { print: () => {} };

test('a run: a folder that tells all, and the same numbers again', async () => {
  const first = await runFlow(choose(small), { out, ...quiet });
  const runs = [first, await runFlow(readFlowConfig(join(first.folder, 'config.json')), { out, ...quiet })];
  const [metrics, again] = runs.map(({ folder }) => readFileSync(join(folder, 'metrics.jsonl'), 'utf8'));
  expect(again).toBe(metrics);
  const lines = metrics
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ kind }) => kind === 'layer')).toHaveLength(2 * 2 * 2 * 2 * 6);
  const [{ folder }] = runs;
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  expect(JSON.parse(read('config.json'))).toMatchObject({ seed: 1, depths: [6], layerNorm: [false, true] });
  expect(JSON.parse(read('environment.json'))).toHaveProperty('processor');
  const { trials, complete } = JSON.parse(read('results.json'));
  expect([trials.length, complete]).toEqual([16, true]);
  expect(trials[0]).toMatchObject({ activation: 'gelu', depth: 6, residual: false, draw: 1 });
  expect(trials[0].layers[5].depth).toBe(6);
  expect(read('log.txt')).toMatch(/^layer activation=gelu .*residual=false.* layer=1 activationRms=0\.\d+/m);
  expect(read('report.html')).toMatch(/<svg[\s\S]*Depth 6, width 16, he, residual, layer norm/);
  expect(flowTable(runs[0])).toMatch(/depth 6, width 16, he, plain\n[\s\S]*\nGELU .*\nReLU /);
});

test('all activations of a draw see the same weights; deeper stacks begin like shallower ones', async () => {
  const { trials } = await runFlow(choose({ ...small, activations: 'identity,gelu', depth: '3,6' }), { out, ...quiet });
  const first = (activation: string, depth: number, draw: number) =>
    trials.find((t) => t.activation === activation && t.depth === depth && t.draw === draw && !t.residual)!.layers[0];
  expect(first('gelu', 3, 1).activationRms).toBe(first('gelu', 6, 1).activationRms);
  expect(first('gelu', 3, 1).activationRms).not.toBe(first('gelu', 3, 2).activationRms);
});

test('an interruption keeps what is whole', async () => {
  const running = runFlow(choose({ ...small, draws: '200' }), { out, ...quiet });
  setTimeout(() => process.emit('SIGINT'), 300);
  await expect(running).rejects.toThrow(Interrupted);
  await expect(running).rejects.toThrow(/measured so far is in .*-flow/);
});

test.each<[Partial<FlowChoices>, RegExp]>([
  [{ depth: '1' }, /--depth must be a whole number from 2 to 100, got '1'/],
  [{ depth: '5,x' }, /--depth .* got 'x'/],
  [{ width: '' }, /--width/],
  [{ init: 'he,lecun' }, /--init must be some of unit, he, xavier, orthogonal, got 'he,lecun'/],
  [{ residual: 'maybe' }, /--residual must be some of no, yes/],
  [{ band: '1e-3' }, /--band must be two numbers/],
  [{ gain: '0' }, /--gain must be a number above 0/],
  [{ gain: 'he,kaiming' }, /--gain must be one of he, xavier, forward, backward, critical, got 'kaiming'/],
  [{ gain: 'critical', activations: 'softplus' }, /--gain critical: no biases put softplus on the edge/],
  [{ activations: 'geluu' }, /geluu.*'gelu'/],
])('a wrong choice is reported: %j', (some, message) => {
  expect(() => choose(some)).toThrow(UsageError);
  expect(() => choose(some)).toThrow(message);
});

test('a configuration that is none of flow is reported', () => {
  expect(() => readFlowConfig(join(out, 'none.json'))).toThrow(/none\.json is not the config\.json of a run of flow/);
  writeFileSync(join(out, 'c.json'), '{"command":"tour"}');
  expect(() => readFlowConfig(join(out, 'c.json'))).toThrow(/its command is not 'flow'/);
});

test('the command line that repeats a run', () => {
  expect(commandLine(choose({}))).toBe('npx gelu-lab flow');
  expect(commandLine(choose({ gain: 'he,1.2' }))).toBe('npx gelu-lab flow --gain he,1.2');
  expect(commandLine(choose({ depth: '10,20', residual: 'yes' }))).toBe(
    'npx gelu-lab flow --depth 10,20 --residual yes',
  );
});

test('gains by word: theory beside measurement, what decides, and the strip', async () => {
  const some = { activations: 'gelu,relu', depth: '8', width: '16', batch: '8', residual: 'no', draws: '2' };
  const results = await runFlow(choose({ ...some, gain: 'forward,critical' }), { out, ...quiet });
  const text = flowTable(results);
  expect(text).toMatch(/depth 8, width 16, he, gain forward, plain/);
  expect(text).toMatch(/GELU {2,}1\.534 /);
  expect(text).toMatch(/GELU: a layer keeps a signal of variance 1; .* so the signal tips; the gradient's variance is/);
  expect(text).toMatch(/ReLU: a layer keeps a signal of variance 1; one of another variance is kept as well/);
  expect(text).toMatch(/GELU {2}·+=+\++\n/);
  const report = readFileSync(join(results.folder, 'report.html'), 'utf8');
  expect(report).toMatch(/A signal of variance 1 in 8 layers, by gain[\s\S]*GELU: gain 1\.534/);
  expect(report).toMatch(/GELU, theory/);
  const [trial] = results.trials;
  expect(trial).toMatchObject({ gain: 'forward', scale: { biasStd: 0 } });
  expect(trial.theory.activationRms).toHaveLength(8);
  expect(trial.theory.activationRms[7]).toBeCloseTo(0.65209, 4); // √E[gelu²]: kept
  expect(results.trials.find(({ gain }) => gain === 'critical')!.scale.biasStd).toBeGreaterThan(0);
});

test('a configuration of an older version had one gain', () => {
  const { gains, ...config } = choose(small);
  const file = join(out, 'old.json');
  writeFileSync(file, JSON.stringify({ ...config, gain: 1.5 }));
  expect(readFlowConfig(file)).toEqual({ ...config, gains: [1.5] });
});

test('where a value leaves the band', () => {
  const points = (...values: number[]) => values.map((value, i) => ({ depth: i + 1, value }));
  expect(exitOf(points(1, 0.1, 1e-7), [1e-6, 1e6])).toEqual({ depth: 3, how: 'vanishes' });
  expect(exitOf(points(1, 2e6, 0), [1e-6, 1e6])).toEqual({ depth: 2, how: 'explodes' });
  expect(exitOf(points(Number.NaN), [1e-6, 1e6])).toEqual({ depth: 1, how: 'explodes' });
  expect(exitOf(points(1e-6, 1e6), [1e-6, 1e6])).toBeNull();
  expect([someDepths(2), someDepths(50), someDepths(64)]).toEqual([
    [1, 2],
    [1, 2, 5, 10, 20, 50],
    [1, 2, 5, 10, 20, 50, 64],
  ]);
});

test('a histogram holds every finite value once', () => {
  const shares = histogram(Float64Array.of(-1, 1, 1, -1, 0, 0, 100, -100));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(shares[20]).toBe(0.5); // 0 and the small positive ones
  expect(histogram(new Float64Array(5))[20]).toBe(1);
});
