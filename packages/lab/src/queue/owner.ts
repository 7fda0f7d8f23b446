import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import { LabError } from '../console/errors.js';
import { isRunning } from '../run/lock.js';
import { ownerKey } from './keys.js';

/** Gives ours again a while to live, also where the server has forgotten it; tells who else has it. */
const RENEW = `local holder = redis.call('GET', KEYS[1])
if not holder or holder == ARGV[1] then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]); return '' end
return holder`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** That one command only collects a study's results, also where its folder is shared by several machines. */
export class Owner {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #ms: number;
  readonly #me = `${hostname()} ${process.pid} ${randomBytes(8).toString('hex')}`;

  /** It counts for `seconds` after each renewal. */
  constructor(redis: Redis, run: string, seconds: number) {
    this.#redis = redis;
    this.#key = ownerKey(run);
    this.#ms = 1000 * seconds;
  }

  /**
   * Takes the study. One whose command on this machine has ended is free; elsewhere that shows by its time running out.
   * @throws LabError if another command has it.
   */
  async take(waiting: (text: string) => void): Promise<void> {
    const until = performance.now() + this.#ms + 1000;
    for (let told = false; ; ) {
      const other = await this.#renewed();
      if (other === '') return;
      const [host, pid] = other.slice(0, 300).split(' ');
      if (host === hostname() && !isRunning(Number(pid))) {
        await this.#redis.eval(RELEASE, 1, this.#key, other);
        continue;
      }
      if (performance.now() > until) throw new LabError(`process ${pid} on ${host} is at this study`);
      if (!told) waiting(`Process ${pid} on ${host} was at this study; waiting for up to ${this.#ms / 1000} s …`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** @throws LabError if another command has taken the study. */
  async renew(): Promise<void> {
    const other = await this.#renewed();
    if (other !== '') throw new LabError(`${other.split(' ', 2).reverse().join(' on ')} has taken this study over`);
  }

  async release(): Promise<void> {
    await this.#redis.eval(RELEASE, 1, this.#key, this.#me);
  }

  async #renewed(): Promise<string> {
    return String(await this.#redis.eval(RENEW, 1, this.#key, this.#me, this.#ms));
  }
}
