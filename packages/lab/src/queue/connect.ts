import { isIP } from 'node:net';
import type * as Bull from 'bullmq';
import type { Redis } from 'ioredis';
import { LabError } from '../console/errors.js';
import { requirePackages } from '../run/packages.js';
import type { QueueAddress } from './address.js';

/** A server that answers, and the engine of the queue, loaded when a command needs them. */
export interface Connection {
  redis: Redis;
  bull: typeof Bull;
  /** What the server should be set to but is not; '' where all is well. */
  remark: string;
  close(): void;
}

/** The first answer must come within this, in milliseconds. */
const FIRST = 10_000;
/** How long a connection that is lost waits before it tries again, at most, in milliseconds. */
const LONGEST_DELAY = 2000;

/**
 * Connects; afterwards a connection that is lost comes back by itself, what was asked meanwhile is asked again, and `tell`
 * says so. A connection that gives no answer for `silence` milliseconds counts as lost.
 * @throws LabError without the packages, or if the server does not answer or does not let us in.
 */
export async function connect(
  address: QueueAddress,
  command: string,
  tell: (text: string) => void,
  silence = 30_000,
): Promise<Connection> {
  requirePackages(command, ['bullmq', 'ioredis']);
  const [bull, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
  const { host, port, db, username, password, tls, text } = address;
  let up = false;
  let reason = 'it does not answer';
  const redis = new Redis({
    host,
    port,
    db,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls: { ...tls, ...(isIP(host) === 0 ? { servername: host } : {}) } }),
    lazyConnect: true,
    connectTimeout: FIRST,
    socketTimeout: silence,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (up ? Math.min(50 * 2 ** Math.min(times, 10), LONGEST_DELAY) : null),
  });
  redis.on('error', (error: Error) => {
    reason = reasonOf(error);
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const said = reasonOf(error as Error);
    throw new LabError(`${text} cannot be reached: ${/closed/i.test(said) ? reason : said}`);
  }
  up = true;
  let lost = false;
  redis.on('close', () => {
    if (up && !lost) tell(`${text} is lost; trying again …`);
    lost = true;
  });
  redis.on('ready', () => {
    if (lost) tell(`${text} is there again`);
    lost = false;
  });
  const close = (): void => {
    up = false;
    redis.disconnect();
  };
  return { redis, bull, remark: await remarkOf(redis), close };
}

/** One line, without what was sent. */
function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return (error.message || code || error.name).replaceAll(/\s+/g, ' ');
}

/** A server that may drop what it holds would lose results; one without a log loses them when it restarts. */
async function remarkOf(redis: Redis): Promise<string> {
  const info = await redis.info().catch(() => '');
  const value = (name: string): string | undefined => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const policy = value('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction')
    return `its maxmemory-policy is ${policy}: when memory is short it would drop trials; set it to noeviction`;
  if (value('aof_enabled') === '0')
    return 'it keeps no append-only file (appendonly no): what is under way begins anew if it restarts';
  return '';
}
