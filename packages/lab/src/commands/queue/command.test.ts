import { describe, expect, test } from 'vitest';
import { called } from '../../../test/support/cli.js';
import { connected, INFO } from '../../../test/support/queue.js';
import { noRedis, redisServer } from '../../../test/support/redis.js';
import { RUNS } from '../../queue/keys.js';

test.each([['status'], ['pause', 'all'], ['cancel', 'all'], ['simulate']])(
  'queue %s wants to know which queue',
  async (...argv) => {
    expect(await called('queue', ...argv)).toMatchObject({ code: 2, err: expect.stringMatching(/Which queue\?/) });
  },
);

describe.skipIf(noRedis)('a queue', () => {
  const server = redisServer();
  const queue = (...argv: string[]): ReturnType<typeof called> => called('queue', ...argv, '--queue', server.url);

  // Large versions: --trials 10000 --workers 8, as docs/sweeps.md has them.
  test('trials that do nothing: none is lost, none counted twice, nothing stays', async () => {
    const { code, out } = await queue('simulate', '--trials', '600', '--workers', '2', '--bytes', '1000', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ trials: 600, workers: 2, lost: 0, twice: 0 });
    expect(await (await connected(server.url)).redis.keys('*')).toEqual([]);
  });

  test('shown, paused, resumed, cancelled', async () => {
    const { redis } = await connected(server.url);
    await redis.hset(
      RUNS,
      'aaaaaaaa-1',
      JSON.stringify(INFO),
      'aaaaaaab-2',
      JSON.stringify({ ...INFO, host: 'there\u001b[2J' }),
    );
    expect((await queue('status')).out).toMatch(/aaaaaaaa .*mnist .*here folder .*nobody collects/);
    expect((await queue('status')).out).not.toContain('\u001b');
    expect(await queue('pause', 'aaaaaaaa')).toMatchObject({ code: 0, out: 'paused: aaaaaaaa-1\n' });
    const states = async (): Promise<boolean[]> =>
      JSON.parse((await queue('status', '--json')).out).studies.map(({ paused }: { paused: boolean }) => paused);
    expect((await states()).sort()).toEqual([false, true]);
    expect((await queue('resume', 'all')).code).toBe(0);
    expect(await states()).toEqual([false, false]);
    expect(await queue('cancel', 'aaaaaaa')).toMatchObject({ code: 2, err: expect.stringMatching(/several runs/) });
    expect(await queue('cancel', 'b')).toMatchObject({ code: 2, err: expect.stringMatching(/No study in the queue/) });
    expect(await queue('cancel')).toMatchObject({ code: 2, err: expect.stringMatching(/Which study\?/) });
    expect(JSON.parse((await queue('cancel', 'all', '--json')).out).cancelled.sort()).toEqual([
      'aaaaaaaa-1',
      'aaaaaaab-2',
    ]);
    expect((await queue('status')).out).toMatch(/No study is in the queue\.\n\nNo worker is alive\./);
  });
});
