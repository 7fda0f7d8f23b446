import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { portOption, serve, showing } from './serve.js';

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

test('what a command wrote is served as what it is, until Ctrl-C', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shown-'));
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    writeFileSync(join(folder, 'a.svg'), '<svg/>');
    const ended = showing({ open: false, serve: true })(join(folder, 'a.svg'));
    await vi.waitFor(() => expect(told).toHaveBeenCalled());
    const url = /^http:\S+/.exec(String(told.mock.calls[0][0]))![0];
    const response = await fetch(url);
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['image/svg+xml', '<svg/>']);
    process.emit('SIGINT');
    await ended;
    await expect(fetch(url)).rejects.toThrow();
    told.mockClear();
    await showing({ open: false, serve: false })(join(folder, 'a.svg'));
    expect(told).not.toHaveBeenCalled();
  } finally {
    told.mockRestore();
    rmSync(folder, { recursive: true });
  }
});
