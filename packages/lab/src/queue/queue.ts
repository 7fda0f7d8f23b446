import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Connection } from './connect.js';
import { cancelledKey, doneKey, endedKey, ownerKey, PREFIX, RUNS, refusedKey, statePattern } from './keys.js';

/** The engine's queue of a study. */
export function queueOf({ bull, redis }: Connection, run: string): Queue {
  // Nobody listens to the events but for people with a monitor of the engine.
  const queue = new bull.Queue(run, { connection: redis, prefix: PREFIX, streams: { events: { maxLen: 100 } } });
  queue.on('error', () => {}); // a connection that is lost is told once, where it is made
  return queue;
}

/** Takes a study and all that is left of it out of the server. */
export async function forget(connection: Connection, run: string): Promise<void> {
  const { redis } = connection;
  // First, so that nothing is kept for it any more.
  await redis.hdel(RUNS, run);
  const queue = queueOf(connection, run);
  try {
    await queue.obliterate({ force: true });
  } finally {
    await queue.close();
  }
  await redis.del(endedKey(run), doneKey(run), ownerKey(run), refusedKey(run));
  await removeAll(redis, statePattern(run));
}

const REFUSE = `if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then redis.call('HSET', KEYS[2], ARGV[2], ARGV[3]) end`;

/** Says why a worker takes no trial of a study, as long as that is there. */
export async function refuse(redis: Redis, run: string, worker: string, reason: string): Promise<void> {
  await redis.eval(REFUSE, 2, RUNS, refusedKey(run), run, worker, reason);
}

/** A worker looks after stalled trials by a timer of the engine, which writes this for a study that is gone as well. */
const SWEEP = `if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then redis.call('DEL', KEYS[2], KEYS[3]) end`;

/** Takes out what a worker's timer has left after `forget`; a study that is there stays as it is. */
export async function sweep(redis: Redis, run: string): Promise<void> {
  await redis.eval(SWEEP, 3, RUNS, `${PREFIX}:${run}:meta`, `${PREFIX}:${run}:stalled-check`, run);
}

/** So long a study stays cancelled, for a command that is not there to hear it, in seconds. */
const CANCELLED = 7 * 86_400;

/** Takes a study out, and tells the command that began it. */
export async function cancel(connection: Connection, run: string): Promise<void> {
  await connection.redis.set(cancelledKey(run), '1', 'EX', CANCELLED);
  await forget(connection, run);
}

async function removeAll(redis: Redis, pattern: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1000);
    if (keys.length > 0) await redis.unlink(...keys);
    cursor = next;
  } while (cursor !== '0');
}
