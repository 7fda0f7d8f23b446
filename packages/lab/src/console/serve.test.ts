import { expect, test } from 'vitest';
import { portOption, serve } from './serve.js';

test('a page on a port of the loopback, isolated', async () => {
  const { url, server } = await serve('<p>hello');
  try {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const response = await fetch(url);
    expect(await response.text()).toBe('<p>hello');
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect((await fetch(`${url}other`)).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    await expect(serve('', Number(new URL(url).port))).rejects.toThrow(/^Port \d+ cannot be used/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a port is served, a free one without a number', () => {
  expect([portOption(false, undefined), portOption(true, undefined), portOption(false, '8080')]).toEqual([
    null,
    0,
    8080,
  ]);
  expect(() => portOption(true, '70000')).toThrow(/--port must be a whole number from 0 to 65535/);
});
