import { describe, expect, test } from 'vitest';
import { connected, done, INFO, RESULT, runner, sleep, trial, working, workOn } from '../../test/support/queue.js';
import { Cable, noRedis, redisServer, until } from '../../test/support/redis.js';
import { LabError } from '../console/errors.js';
import { type QueuedStudy, runQueued } from './coordinator.js';
import { endedKey, PREFIX, RUNS } from './keys.js';
import { readTrialResult } from './messages.js';
import { cancel, queueOf } from './queue.js';
import { queueState } from './state.js';
import { Store } from './store.js';
import { textOf } from './trial-files.js';

/** Faults of the queue, with trials that compute nothing; those of real trials are in commands/study/run.test.ts. */
describe.skipIf(noRedis)('a queue', () => {
  const server = redisServer();

  let runs = 0;
  const study = (rest: Partial<QueuedStudy> = {}): QueuedStudy => ({
    run: `test-run-${runs++}`,
    info: INFO,
    send: () => null,
    receive: ({ id }, state) => void (state.end === 'result' && readTrialResult(textOf(state, 'result'), id, 1)),
    tell: () => {},
    ...rest,
  });

  test('a trial that always fails is tried three times and reported; the others finish; nothing is left', async () => {
    const [a, b] = [await connected(server.url), await connected(server.url)];
    const tries = new Map<string, number>();
    const { ended } = working(
      a,
      runner(async (id) => {
        tries.set(id, (tries.get(id) ?? 0) + 1);
        const files = { failure: Buffer.from(`${id} is wrong`) };
        return id === 'bad' ? { how: 'failure', reason: `${id} is wrong`, state: { step: 0, files } } : done;
      }),
      { idleSeconds: 1 },
    );
    const { work, ends } = workOn(['a', 'bad', 'b', 'c']);
    await runQueued(work, b, study());
    expect(Object.fromEntries(ends)).toEqual({ a: [null], bad: ['bad is wrong'], b: [null], c: [null] });
    expect(Object.fromEntries(tries)).toEqual({ a: 1, bad: 3, b: 1, c: 1 });
    await ended;
    expect(await b.redis.keys('*')).toEqual([]);
  });

  test('what a worker still writes of a study that has just ended does not stay', async () => {
    const [a, b] = [await connected(server.url), await connected(server.url)];
    const { ended } = working(
      a,
      runner(async () => done),
      { idleSeconds: 2, lockSeconds: 0.1 },
    );
    await runQueued(workOn(['one']).work, b, study());
    await ended;
    expect(await b.redis.keys('*')).toEqual([]);
  });

  test('a trial that is stopped goes on from where it was; a machine that can run none gives it back and says so', async () => {
    const [a, b] = [await connected(server.url), await connected(server.url)];
    const from: (number | undefined)[] = [];
    const state = { step: 5, files: { checkpoint: Buffer.from('five') } };
    const full = working(
      a,
      runner(async () => ({ how: 'unable', reason: 'ENOSPC', state })),
    );
    const { work, ends } = workOn(['one']);
    const running = runQueued(work, b, study());
    expect(await full.ended).toEqual(expect.objectContaining({ message: 'this machine can run no trials: ENOSPC' }));
    working(
      a,
      runner(async (_, __, state) => {
        from.push(state?.step);
        return from.length === 1 ? { how: 'stopped', reason: '', state: { ...state!, step: 8 } } : done;
      }),
    );
    await running;
    expect([from, ends.get('one')]).toEqual([[5, 8], [null]]);
  });

  test('a worker that is cut off for longer than the lock loses its trial; it counts once, and the worker says so', async () => {
    const cable = await Cable.to(server.port);
    const [a, b, c] = [
      await connected(`redis://127.0.0.1:${cable.port}`, 1000),
      await connected(server.url),
      await connected(server.url),
    ];
    const begun: string[] = [];
    const away = working(
      a,
      runner(async (id, stopped) => {
        begun.push(`${id} away`);
        await stopped;
        return done; // too late, and though it has a result
      }),
    );
    const { work, ends } = workOn(['only']);
    const running = runQueued(work, b, study());
    await until('the trial has begun', () => begun.length === 1, 20);
    cable.cut();
    working(
      c,
      runner(async (id) => {
        begun.push(`${id} here`);
        await until('it is back', () => away.said.some((text) => /goes on elsewhere/.test(text)), 20);
        return done;
      }),
    );
    await until('another has it', () => begun.length === 2, 20);
    cable.mend();
    await running;
    expect(begun).toEqual(['only away', 'only here']);
    expect(Object.fromEntries(ends)).toEqual({ only: [null] });
  });

  test('a server that has lost all, or is killed and comes back with its log, loses no trial', async () => {
    const [a, b] = [await connected(server.url), await connected(server.url)];
    let begun = 0;
    working(
      a,
      runner(async () => {
        begun++;
        await sleep(200);
        return done;
      }),
      { slots: 2 },
    );
    const { work, ends } = workOn(Array.from({ length: 12 }, (_, i) => `t${i}`));
    const running = runQueued(work, b, study());
    await until('some have begun', () => begun >= 3, 20);
    await server.kill();
    await server.start();
    await until('some more have begun', () => ends.size >= 5, 20);
    await b.redis.flushall();
    await running;
    expect(ends.size).toBe(12);
    expect([...ends.values()].every((all) => all.length === 1 && all[0] === null)).toBe(true);
  });

  test('a second command at the same study is refused; cancelled, the first ends and leaves nothing', async () => {
    const [a, b, c] = [await connected(server.url), await connected(server.url), await connected(server.url)];
    const same = study({ ownerSeconds: 3 });
    const { work, ends } = workOn(['waits']);
    const first = runQueued(work, a, same).catch((error: Error) => error);
    await until('it is there', async () => (await queueState(c)).studies[0]?.waiting === 1, 20);
    await expect(runQueued(workOn(['waits']).work, b, { ...same, ownerSeconds: 0.5 })).rejects.toThrow(
      /is at this study/,
    );
    await cancel(c, same.run);
    expect(await first).toEqual(expect.objectContaining({ message: expect.stringMatching(/cancelled/) }));
    expect(ends.size).toBe(0);
    expect((await c.redis.keys('*')).map((key) => key.split(':').at(-1))).toEqual(['cancelled']);
    await c.redis.flushall();
  });

  test('a worker that is not what a study asks for refuses it, which the command shows', async () => {
    const [a, b] = [await connected(server.url), await connected(server.url)];
    const said: string[] = [];
    const other = working(
      a,
      runner(async () => done),
      {
        admit: async () => {
          throw new LabError('it is of version 2');
        },
      },
    );
    const { work } = workOn(['one']);
    const waits = runQueued(work, b, study({ tell: (text) => said.push(text) }));
    await until('it is refused', () => said.some((text) => /refuses: it is of version 2/.test(text)), 20);
    expect(other.said.join()).toMatch(/refused: study test-run-\d+: it is of version 2/);
    expect((await queueState(b)).studies[0].refused).toHaveLength(1);
    working(
      b,
      runner(async () => done),
    );
    await waits;
  });

  test('what others put into the queue is looked at, and not run', async () => {
    const [a, b] = [await connected(server.url), await connected(server.url)];
    const { redis } = b;
    const started: string[] = [];
    const mine = study();
    await redis.hset(RUNS, 'no-json-here', '{', '../../../x', '{}', 'other-run-1', 'x'.repeat(1 << 20));
    await redis.sadd(endedKey(mine.run), 'never-asked-for_1', '__proto__');
    const { work, ends } = workOn(['real', 'garbled', 'huge']);
    const running = runQueued(work, b, mine);
    await until('it is there', async () => (await redis.hexists(RUNS, mine.run)) === 1, 20);
    const queue = queueOf(b, mine.run);
    await queue.add(
      'trial',
      { id: 'x'.repeat(1 << 20), settings: {}, steps: 1 },
      { jobId: 'large_1', removeOnFail: true },
    );
    await queue.add('trial', { id: '../up', settings: {}, steps: 1 }, { jobId: 'up_1', removeOnFail: true });
    await queue.add('trial', { id: 'other', settings: {}, steps: 1 }, { jobId: 'liar_1', removeOnFail: true });
    const store = new Store(redis, mine.run);
    const worker = working(
      a,
      runner(async (id) => {
        started.push(id);
        const bytes = { garbled: Buffer.from('[1]'), huge: Buffer.alloc(1 << 23, 32) }[id] ?? RESULT;
        return { ...done, state: { step: 1, files: { 'result.json': bytes } } };
      }),
    );
    await running;
    await queue.close();
    expect(started.sort()).toEqual(['garbled', 'huge', 'real']);
    expect(ends.get('real')).toEqual([null]);
    expect(ends.get('garbled')?.[0]).toMatch(/no JSON object/);
    expect(ends.get('huge')?.[0]).toMatch(/holds no result/);
    expect(worker.said.join('\n')).toMatch(/refused: study no-json-here: .*is no JSON/);
    expect(await store.open('real_1')).toBe('gone');
    await redis.flushall();
  });

  test('a state that is no further than what is there is left out, the first end counts, and none after it is collected', async () => {
    const { redis } = await connected(server.url);
    await redis.hset(RUNS, 'store-test', '{}');
    const store = new Store(redis, 'store-test');
    const state = (step: number): { step: number; files: Record<string, Buffer> } => ({
      step,
      files: { a: Buffer.from([step]) },
    });
    expect(await store.open('t')).toBeNull();
    expect(await store.keep('t', state(5))).toBe(true);
    expect(await store.keep('t', state(4))).toBe(false);
    expect(await store.open('t')).toEqual(state(5));
    expect(await store.end('t', 'result', state(9))).toBe(true);
    expect(await store.end('t', 'failure', state(1))).toBe(false);
    expect(await store.keep('t', state(10))).toBe(false);
    expect(await store.open('t')).toBe('ended');
    expect(await store.read('t')).toEqual({ ...state(9), end: 'result' });
    await store.collected('t', true);
    expect(await store.end('t', 'result', state(9))).toBe(false);
    expect(await store.open('t')).toBe('ended');
    expect(await store.ended(9)).toEqual([]);
    await redis.flushall();
  });

  test('trials are added once, under the name that both sides know', async () => {
    const connection = await connected(server.url);
    const mine = study();
    const queue = queueOf(connection, mine.run);
    const add = (): Promise<unknown> => queue.add('trial', trial('a'), { jobId: 'a_1' });
    await add();
    await add();
    expect(await connection.redis.exists(`${PREFIX}:${mine.run}:a_1`)).toBe(1);
    expect(await queue.getJobCountByTypes('wait')).toBe(1);
    await queue.close();
    await connection.redis.flushall();
  });
});
