import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { allCommands, commandTree } from '../src/commands/completion/tree.js';
import { examplesOf } from '../src/console/examples.js';
import { checkCall, commandNamed, root } from '../src/main.js';
import { called } from './support/cli.js';

const nodes = allCommands(await commandTree(root)).slice(1);
const commands = nodes.filter(({ children }) => children.length === 0);

// Every command of the table, groups included; a new one needs its examples beside its description.
describe.each(nodes.map((node) => [node.path, node] as const))('gelu-lab %s', (path, node) => {
  const words = path.split(' ');

  test('--help says what it does', async () => {
    expect(node.description).not.toBe('');
    const { code, out, err } = await called(...words, '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(node.description);
    for (const { names, description } of node.options) {
      expect(description).not.toBe('');
      if (names[0] !== '--help' && node.children.length === 0) expect(out).toContain(names[0]);
    }
  });

  test('what is unknown gives code 2, a hint and nothing else', async () => {
    const { code, out, err } = await called(...words, '--no-such-option');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/--help/);
  });
});

describe.each(commands.map((node) => [node.path, node] as const))('gelu-lab %s', (path, node) => {
  test('takes --json', () => {
    expect(node.options.flatMap(({ names }) => names)).toContain('--json');
  });

  test('has examples, shown by --help, that would be understood', async () => {
    const examples = examplesOf(await commandNamed(path.split(' ')));
    expect(examples).not.toEqual([]);
    const { out } = await called(...path.split(' '), '--help');
    for (const [call, what] of examples) {
      expect(out).toContain(`gelu-lab ${call}\n`);
      expect(out).toContain(what);
      await expect(checkCall(call.split(' '))).resolves.toBeUndefined();
    }
  });
});

// The built program, as a shell would run it; a shell reports a program that SIGINT ended as 130.
test.each([['flow'], ['tour'], ['accuracy'], ['bench']])('Ctrl-C ends %s with 130', async (...argv) => {
  const out = mkdtempSync(join(tmpdir(), 'interrupted-'));
  const options = argv[0] === 'flow' || argv[0] === 'tour' ? ['--out', out] : [];
  const program = fileURLToPath(new URL('../bin/gelu-lab.js', import.meta.url));
  const child = spawn(process.execPath, [program, ...argv, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  // The first line of progress: the work has begun.
  child.stderr.once('data', () => child.kill('SIGINT'));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('exit', (...end) => resolve(end)),
  );
  rmSync(out, { recursive: true });
  expect(signal === 'SIGINT' ? 130 : code).toBe(130);
});
