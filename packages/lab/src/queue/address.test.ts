import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../../test/support/folder.js';
import { queueAddress, requireAddress } from './address.js';

const folder = temporaryFolder('address');
const file = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

test('an option, a file, the environment: in this order', () => {
  const env = { GELU_QUEUE: 'redis://env:1/2' };
  const path = file('url', 'rediss://user:p%40ss@file\n# the second line is not read\n');
  expect(queueAddress({ queue: 'redis://[::1]:7', 'queue-file': path }, env)).toEqual({
    host: '::1',
    port: 7,
    db: 0,
    text: 'redis://[::1]:7/0',
  });
  expect(queueAddress({ 'queue-file': path }, env)).toEqual({
    host: 'file',
    port: 6379,
    db: 0,
    username: 'user',
    password: 'p@ss',
    tls: {},
    text: 'rediss://file:6379/0',
  });
  expect(queueAddress({}, env)).toMatchObject({ host: 'env', port: 1, db: 2 });
  expect(queueAddress({ queue: 'none' }, env)).toBeNull();
  expect(queueAddress({}, {})).toBeNull();
  expect(() => requireAddress({}, {})).toThrow(/Which queue\?.*GELU_QUEUE/);
});

test('a password on the command line is refused; no message repeats one', () => {
  for (const [options, env] of [
    [{ queue: 'redis://:secret@host' }, {}],
    [{ queue: 'redis://user:secret@host' }, {}],
    [{ queue: 'http://user:secret@host' }, {}],
    [{ queue: 'redis://user:secret@host:port' }, {}],
    [{}, { GELU_QUEUE: 'redis://:secret@' }],
    [{}, { GELU_QUEUE: 'redis://:secret%zz@host' }],
    [{ 'queue-file': file('wrong', 'secret') }, {}],
  ] as const) {
    let message = '';
    try {
      queueAddress(options, env);
    } catch (error) {
      message = String((error as Error).stack);
    }
    expect(message).toMatch(/--queue|GELU_QUEUE/);
    expect(message).not.toMatch(/secret/);
  }
});

test.each<[Record<string, string>, RegExp]>([
  [{ queue: 'redis://host/x' }, /no number of a database/],
  [{ queue: 'redis://host/-1' }, /no number of a database/],
  [{ queue: 'redis://host?family=6' }, /has no meaning here/],
  [{ queue: 'redis://host', 'queue-ca': file('ca', 'pem') }, /certificates are for TLS/],
  [{ queue: 'rediss://host', 'queue-cert': file('cert', 'pem') }, /go together/],
  [{ queue: 'rediss://host', 'queue-ca': join(folder, 'none') }, /--queue-ca .*cannot be read \(ENOENT\)/],
  [{ 'queue-file': join(folder, 'none') }, /--queue-file .*cannot be read/],
])('what is no address is told: %j', (options, message) => {
  expect(() => queueAddress(options, {})).toThrow(message);
});

test('a file that others can read is told', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    queueAddress({ 'queue-file': file('open', 'redis://:secret@host', 0o644) }, {});
    expect(String(write.mock.calls)).toMatch(/can be read by others \(mode 644\)/);
  } finally {
    write.mockRestore();
  }
});
