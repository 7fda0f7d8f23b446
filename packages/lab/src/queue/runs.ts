import type { Redis } from 'ioredis';
import { RUNS, WORKERS, workerKey } from './keys.js';
import { type Heartbeat, MOST, RUN_ID, readHeartbeat } from './messages.js';

/** No more studies and workers than this are looked at. */
const MOST_RUNS = 1000;
const MOST_WORKERS = 20_000;

/** All fields of a hash whose values are no longer than allowed. */
const SHORT = `local found = {}
local names = redis.call('HKEYS', KEYS[1])
for i = 1, math.min(#names, tonumber(ARGV[2])) do
  if redis.call('HSTRLEN', KEYS[1], names[i]) <= tonumber(ARGV[1]) then
    found[#found + 1] = names[i]
    found[#found + 1] = redis.call('HGET', KEYS[1], names[i])
  end
end
return found`;
/** The texts of those members of a set that have one; the others are taken out. */
const ALIVE = `local found = {}
for i, name in ipairs(redis.call('SRANDMEMBER', KEYS[1], tonumber(ARGV[2]))) do
  local key = ARGV[3] .. name
  local length = redis.call('STRLEN', key)
  if length == 0 then redis.call('SREM', KEYS[1], name)
  elseif length <= tonumber(ARGV[1]) then found[#found + 1] = redis.call('GET', key) end
end
return found`;

/** The studies in the queue: what each says of itself, as text, by its run. */
export async function listRuns(redis: Redis): Promise<Map<string, string>> {
  return boundedHash(redis, RUNS, MOST.run, RUN_ID);
}

/** The fields of a hash whose names are as they must be and whose values are no longer than `most`. */
export async function boundedHash(redis: Redis, key: string, most: number, name: RegExp): Promise<Map<string, string>> {
  const found = (await redis.eval(SHORT, 1, key, most, MOST_RUNS)) as string[];
  const all = new Map<string, string>();
  for (let i = 0; i < found.length; i += 2) if (name.test(found[i])) all.set(found[i], found[i + 1]);
  return all;
}

/** The workers that are alive, as far as they can be understood. */
export async function listWorkers(redis: Redis): Promise<Heartbeat[]> {
  const found = (await redis.eval(ALIVE, 1, WORKERS, MOST.heartbeat, MOST_WORKERS, workerKey(''))) as string[];
  return found.flatMap((json) => {
    try {
      return [readHeartbeat(json)];
    } catch {
      return [];
    }
  });
}
