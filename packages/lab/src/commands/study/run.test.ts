import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseHTML } from 'linkedom';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { connected } from '../../../test/support/queue.js';
import { type Program, program, timeless } from '../../../test/support/queued-study.js';
import { noRedis, RedisServer, until } from '../../../test/support/redis.js';
import { putSmallMnist } from '../../../test/support/small-mnist.js';
import type { Heartbeat } from '../../queue/messages.js';
import { queueOf } from '../../queue/queue.js';
import { listWorkers } from '../../queue/runs.js';
import { selfTest } from '../../queue/self-test.js';
import { queueState } from '../../queue/state.js';
import { mnist } from '../../studies/mnist.js';
import { resumeStudy, type StudyResult, startStudy } from './run.js';

/** The smallest study of the paper's network on a few of its images: 2 activations × 3 seeds × 30 steps. */
const parent = temporaryFolder('study');
const data = join(parent, 'data');
const CHOICES = { study: mnist, activations: ['gelu', 'relu'], data, budget: 1 };
const OPTIONS = { jobs: 2, print: () => {}, quiet: true };
let whole: StudyResult;

beforeAll(async () => {
  putSmallMnist(data);
  whole = await startStudy({ ...CHOICES, out: join(parent, 'whole') }, OPTIONS);
}, 300_000);

const trials = (folder: string): string[] => readdirSync(join(folder, 'trials')).sort();
const metrics = (folder: string, id: string): string =>
  readFileSync(join(folder, 'trials', id, 'metrics.jsonl'), 'utf8');

test('each trial is a run folder, the study tells medians, intervals and its share', () => {
  const { folder, results } = whole;
  expect(trials(folder)).toEqual(
    ['gelu', 'relu'].flatMap((name) => [1, 2, 3].map((seed) => `${name}-rate-0.001-seed-${seed}`)),
  );
  for (const id of trials(folder)) {
    const files = readdirSync(join(folder, 'trials', id));
    expect(files).toEqual(expect.arrayContaining(['config.json', 'log.txt', 'metrics.jsonl', 'result.json']));
    expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
  expect(results.share).toMatch(/30 steps.*3 of 5 seeds; no choice of the learning rate/);
  expect(results.arms.map(({ name, seeds }) => [name, seeds])).toEqual([
    ['GELU', [1, 2, 3]],
    ['ReLU', [1, 2, 3]],
  ]);
  for (const { values, curves } of results.arms) {
    expect(values.error).toHaveLength(3);
    for (const error of values.error) expect(error).toBeLessThan(0.6);
    expect(curves['validation.loss'].at(-1)![1]).toBeLessThan(curves['validation.loss'][0][1]);
  }
  const comparison = results.comparisons.find(({ measure }) => measure === 'error')!;
  expect(comparison).toMatchObject({ a: 'GELU', b: 'ReLU', seeds: 3 });
  expect(comparison.low).toBeLessThanOrEqual(comparison.difference);
});

test('the report loads nothing and says which share was run', () => {
  const { document } = parseHTML(readFileSync(whole.report, 'utf8'));
  expect(document.querySelectorAll('script[src], link, img, iframe, [src], [href]').length).toBe(0);
  expect(document.querySelectorAll('figure > svg').length).toBe(3);
  expect(document.body.textContent).toContain(whole.results.share);
  expect(document.body.textContent).not.toMatch(/undefined|\[object|NaN/);
  expect(JSON.parse(readFileSync(join(whole.folder, 'results.json'), 'utf8')).study).toBe('mnist');
});

test('killed with all its processes, resumed, a study comes to the same bits', async () => {
  const out = join(parent, 'killed');
  const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
  const names = ['study', 'mnist', '--activations', 'gelu,relu', '--data', data, '--budget', '1s', '--jobs', '2'];
  const child = fork(cli, [...names, '--out', out], { stdio: 'ignore', detached: true });
  const exit = once(child, 'exit');
  const first = (): string | undefined => {
    const folder = existsSync(out) ? readdirSync(out)[0] : undefined;
    return folder !== undefined && existsSync(join(out, folder, 'trials')) ? join(out, folder) : undefined;
  };
  const stepsDone = (): boolean => {
    const folder = first();
    return folder !== undefined && trials(folder).some((id) => existsSync(join(folder, 'trials', id, 'log.txt')));
  };
  while (!stepsDone()) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 1500 * Math.random()));
  process.kill(-child.pid!, 'SIGKILL');
  await exit;
  const folder = first()!;
  expect(existsSync(join(folder, 'results.json'))).toBe(false);
  const { results } = await resumeStudy(folder, null, OPTIONS);
  for (const id of trials(whole.folder)) expect(metrics(folder, id)).toBe(metrics(whole.folder, id));
  const values = ({ results: { arms } }: Pick<StudyResult, 'results'>) => arms.map((arm) => arm.values);
  expect(values({ results })).toEqual(values(whole));
}, 300_000);

test.skipIf(noRedis)(
  'over a queue: workers full, killed, stopped for too long, with wrong clocks; the server killed, the starter too: the same results',
  async () => {
    const server = new RedisServer(join(parent, 'redis'), [], false);
    mkdirSync(join(parent, 'redis'));
    await server.start();
    onTestFinished(() => server.kill());
    const connection = await connected(server.url);
    // The same study, of which nothing is done yet.
    const folder = join(parent, 'queued');
    mkdirSync(folder);
    for (const name of ['config.json', 'environment.json']) copyFileSync(join(whole.folder, name), join(folder, name));
    const starter = program(['study', '--resume', folder, '--queue', server.url]);
    const own = ['--queue', server.url, '--data', data, '--concurrency', '1', '--lock', '2s', '--checkpoint', '1s'];
    const full = program(['worker', ...own], { most: '1000' });
    await until('the worker without room gives up', () => full.child.exitCode !== null);
    expect([full.child.exitCode, full.said()]).toEqual([1, expect.stringMatching(/can run no trials: .*EFBIG/s)]);
    const run = (await queueState(connection)).studies[0].run;
    const queue = queueOf(connection, run);
    onTestFinished(() => queue.close());
    const active = (n: number) => async (): Promise<boolean> => (await queue.getActiveCount()) >= n;
    const killed = program(['worker', ...own]);
    await until('a worker has a trial', active(1));
    killed.child.kill('SIGKILL');
    const stopped = program(['worker', ...own], { clock: -1e11 });
    await until('another worker has one', async () => (await listWorkers(connection.redis)).some(isAtWork(stopped)));
    stopped.child.kill('SIGSTOP');
    const good = program(['worker', ...own], { clock: 1e11 });
    const ended = (): number =>
      trials(folder).filter((id) => existsSync(join(folder, 'trials', id, 'result.json'))).length;
    await until('a result is collected', () => existsSync(join(folder, 'trials')) && ended() > 0);
    await server.kill();
    starter.child.kill('SIGKILL');
    await server.start();
    stopped.child.kill('SIGCONT');
    expect(existsSync(join(folder, 'results.json'))).toBe(false);
    const queued = { ...OPTIONS, queue: { connection, me: await selfTest(), hint: '' } };
    const resumed = resumeStudy(folder, null, queued);
    const { results } = await resumed;
    expect(timeless(results)).toEqual(timeless(whole.results));
    for (const id of trials(whole.folder)) expect(metrics(folder, id)).toBe(metrics(whole.folder, id));
    expect(good.said()).toMatch(/^done: /m);
    // When the workers, too, have seen that it is gone.
    await until('nothing is left', async () => (await connection.redis.keys('gelu-lab:[qr]*')).length === 0);
  },
  300_000,
);

/** Whether a worker's own message says that it has a trial. */
const isAtWork =
  ({ child }: Program) =>
  ({ pid, running }: Heartbeat): boolean =>
    pid === child.pid && running.length > 0;

test('a trial that fails is reported and tried again by the next resume; the others are not touched', async () => {
  const [id] = trials(whole.folder);
  const path = join(whole.folder, 'trials', id);
  rmSync(join(path, 'result.json'));
  for (const name of readdirSync(path).filter((file) => file.startsWith('checkpoint')))
    writeFileSync(join(path, name), 'no checkpoint');
  const printed: string[] = [];
  const { results } = await resumeStudy(whole.folder, null, { ...OPTIONS, print: (text) => printed.push(text) });
  expect(results.failures.map((failure) => failure.id)).toEqual([id]);
  expect(results.failures[0].reason).toMatch(/checkpoint-\d+\.safetensors/);
  expect(printed.join('\n')).toContain(`failed: ${id}`);
  expect(results.arms.map(({ seeds }) => seeds.length)).toEqual([2, 3]);
  rmSync(path, { recursive: true });
  const again = await resumeStudy(whole.folder, null, OPTIONS);
  expect(again.results.arms.map((arm) => arm.values)).toEqual(whole.results.arms.map((arm) => arm.values));
}, 60_000);

test('a study in use, a folder without one, and missing data are reported before anything starts', async () => {
  writeFileSync(join(whole.folder, 'lock'), String(process.ppid));
  await expect(resumeStudy(whole.folder, null, OPTIONS)).rejects.toThrow(/in use by process/);
  rmSync(join(whole.folder, 'lock'));
  await expect(resumeStudy(parent, null, OPTIONS)).rejects.toThrow(/holds no study/);
  await expect(resumeStudy(whole.folder, 0.1, OPTIONS)).resolves.toBeDefined();
  const out = join(parent, 'missing');
  await expect(startStudy({ ...CHOICES, data: parent, out }, OPTIONS)).rejects.toThrow(/train-images-idx3-ubyte/);
  expect(readdirSync(out)).toEqual([]);
});
