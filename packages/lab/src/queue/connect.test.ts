import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/folder.js';
import { called } from '../../test/support/cli.js';
import { noRedis, redisServer } from '../../test/support/redis.js';
import { queueAddress } from './address.js';
import { connect } from './connect.js';

const folder = temporaryFolder('connect');
const status = (...options: string[]): ReturnType<typeof called> => called('queue', 'status', ...options);

/** Authorities and certificates of 127.0.0.1, by OpenSSL, which comes with the server. */
function certificates(): boolean {
  const openssl = (...args: string[]): boolean =>
    spawnSync('openssl', args, { cwd: folder, stdio: 'ignore' }).status === 0;
  writeFileSync(join(folder, 'ext'), 'subjectAltName=IP:127.0.0.1');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  return (
    openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=test', '-days', '2') &&
    openssl('req', ...key, '-keyout', 'key.pem', '-out', 'csr', '-subj', '/CN=127.0.0.1') &&
    openssl(
      'x509',
      '-req',
      '-in',
      'csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      'cert.pem',
      '-days',
      '2',
      '-extfile',
      'ext',
    )
  );
}

test('a server that is not there is told at once, in one line', async () => {
  expect(await status('--queue', 'redis://127.0.0.1:1')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^gelu-lab: redis:\/\/127\.0\.0\.1:1\/0 cannot be reached: .*ECONNREFUSED.*\n$/),
  });
});

describe.skipIf(noRedis)('a server with a password', () => {
  const server = redisServer(['--requirepass', 'open-sesame']);
  const url = (password: string): string => `redis://:${password}@127.0.0.1:${server.port}`;

  test('lets in who has it from the environment or a file, and it is shown nowhere', async () => {
    const file = join(folder, 'url');
    writeFileSync(file, url('open-sesame'), { mode: 0o600 });
    const { GELU_QUEUE } = process.env;
    try {
      process.env.GELU_QUEUE = url('open-sesame');
      const calls = [await status(), await status('--queue-file', file), await status('--queue', url('open-sesame'))];
      process.env.GELU_QUEUE = url('swordfish');
      calls.push(await status(), await status('--debug'));
      expect(calls.map(({ code }) => code)).toEqual([0, 0, 2, 1, 1]);
      expect(calls[0].out).toMatch(/No study is in the queue/);
      expect(calls[3].err).toMatch(/WRONGPASS/);
      for (const { out, err } of calls) expect(out + err).not.toMatch(/open-sesame|swordfish/);
    } finally {
      if (GELU_QUEUE === undefined) delete process.env.GELU_QUEUE;
      else process.env.GELU_QUEUE = GELU_QUEUE;
    }
    expect(await status('--queue', `redis://127.0.0.1:${server.port}`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/NOAUTH/),
    });
  });
});

describe.skipIf(noRedis || !certificates())('a server with TLS', () => {
  const pem = (name: string): string => join(folder, `${name}.pem`);
  const server = redisServer(
    ['--tls-cert-file', pem('cert'), '--tls-key-file', pem('key'), '--tls-ca-cert-file', pem('ca')],
    true,
  );

  test('is believed with its authority alone, and sees our certificate', async () => {
    const [at, ca] = [`rediss://127.0.0.1:${server.port}`, ['--queue-ca', pem('ca')]];
    const ours = ['--queue-cert', pem('cert'), '--queue-key', pem('key')];
    expect(await status('--queue', at, ...ca, ...ours)).toMatchObject({ code: 0, err: '' });
    expect((await status('--queue', at, ...ours)).err).toMatch(/self-signed certificate|unable to verify/);
    expect((await status('--queue', at, ...ca)).code).toBe(1);
    expect((await status('--queue', at.replace('rediss', 'redis'))).code).toBe(1);
  });
});

describe.skipIf(noRedis)('a server that could lose trials', () => {
  const server = redisServer(['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru']);

  test('says so', async () => {
    const address = queueAddress({ queue: server.url }, {})!;
    const connection = await connect(address, 'test', () => {});
    expect(connection.remark).toMatch(/maxmemory-policy is allkeys-lru/);
    await connection.redis.config('SET', 'maxmemory-policy', 'noeviction');
    connection.close();
    const again = await connect(address, 'test', () => {});
    expect(again.remark).toMatch(/no append-only file/);
    again.close();
  });
});
