// Finds the server that the tests of the queue run: $REDIS_SERVER, or the system's Redis or Valkey. Debian's redis-server is
// installed with apt where that is allowed (as root); the tests start it themselves, on a free port of the loopback.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PLACES = ['redis-server', 'valkey-server'].flatMap((name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`]);

/** The path of a server, or undefined. */
export function findRedis() {
  const { REDIS_SERVER } = process.env;
  return REDIS_SERVER ?? PLACES.find((place) => existsSync(place));
}

function apt(...args) {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    // The package would start a server of its own.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  };
  return spawnSync('apt-get', ['-qq', ...args], options).status === 0;
}

/** Installs what is missing. Returns what went wrong, or undefined. */
export function installRedis() {
  if (findRedis()) return undefined;
  const command = 'apt-get install redis-server';
  if (!existsSync('/usr/bin/apt-get')) return `no redis-server is here; install one and set REDIS_SERVER to its path`;
  if (process.getuid?.() !== 0) return `no redis-server is here; install it with: sudo ${command}`;
  console.log('Installing redis-server for the tests of the queue (once) …');
  const install = () => apt('install', '-y', '--no-install-recommends', 'redis-server');
  return install() || (apt('update') && install()) || findRedis() ? undefined : `'${command}' failed`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problem = installRedis();
  if (problem) {
    console.error(`redis: ${problem}`);
    if (process.env.CI) process.exit(1);
    console.error('redis: the tests of the queue are left out (with CI set this is an error).');
  }
}
