import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandDef, defineCommand } from 'citty';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { called } from '../../../test/support/cli.js';
import { bashCompletion } from './bash.js';
import { allCommands, commandTree } from './tree.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const installed = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

const folder = temporaryFolder('completion');
beforeAll(async () => {
  for (const shell of SHELLS) {
    const { code, out } = await called('completion', shell);
    expect(code).toBe(0);
    writeFileSync(join(folder, shell), out);
  }
});

function run(shell: string, script: string): string {
  const options = shell === 'bash' ? ['--norc'] : shell === 'zsh' ? ['-f'] : ['--no-config'];
  const { stdout, stderr } = spawnSync(shell, [...options, '-c', script], { encoding: 'utf8', cwd: folder });
  expect(stderr).toBe('');
  return stdout;
}

/** What the shell offers at the end of the line, sorted; bash takes words apart at '='. */
const offers: Record<(typeof SHELLS)[number], (line: string) => string[]> = {
  bash: (line) => {
    const words = line.split(/ |(?<==)|(?==)/).map((word) => `'${word}'`);
    const script = `source ./bash; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _gelu_lab; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run('bash', script).split('\n').filter(Boolean).sort();
  },
  // Inside of zsh's completion only its line editor may call: the functions that offer are replaced by ones that print.
  zsh: (line) => {
    const words = line.split(' ').map((word) => `'${word}'`);
    const script = `compdef() {}; source ./zsh
compset() { [[ $2 == '*,' ]] && cur=\${cur##*,} || cur=\${cur#*=}; }
compadd() { while [[ $1 != -- ]]; do shift; done; shift; offer "$@"; }
_describe() { offer "\${(@)found%%:*}"; }
_files() { offer *; }
offer() { local word; for word; do [[ $word == $cur* ]] && print -r -- $word; done; true; }
words=(${words.join(' ')}); CURRENT=${words.length}; _gelu_lab`;
    return run('zsh', script).split('\n').filter(Boolean).sort();
  },
  fish: (line) =>
    run('fish', `source ./fish; complete -C '${line}'`)
      .split('\n')
      .filter(Boolean)
      .map((offer) => offer.split('\t')[0])
      .sort(),
};

describe.each(SHELLS)('%s', (shell) => {
  const usable = test.skipIf(!installed(shell));
  const at = (line: string): string[] => offers[shell](line);
  const last = (words: string[]): string[] => words.map((word) => word.replace(/.*,/, ''));

  usable('commands', () => {
    expect(at('gelu-lab t')).toContain('tour');
    expect(at('gelu-lab com')).toEqual(['compare', 'completion']);
  });

  usable('options of the command, and not of others', () => {
    expect(at('gelu-lab flow --dep')).toEqual(['--depth']);
    expect(at('gelu-lab plot gelu --d')).toEqual(['--derivative']);
    expect(at('gelu-lab docs --dep')).toEqual([]);
  });

  usable('values: enumerated ones, words that the description lists, lists', () => {
    expect(at('gelu-lab plot gelu --derivative ')).toEqual(['0', '1', '2', 'all']);
    expect(at('gelu-lab flow --init ')).toEqual(['he', 'orthogonal', 'unit', 'xavier']);
    expect(last(at('gelu-lab flow --init he,or'))).toEqual(['orthogonal']);
    expect(at('gelu-lab completion ')).toEqual(['bash', 'fish', 'zsh']);
    expect(at('gelu-lab flow --depth ')).toEqual([]);
  });

  usable('names of activations, as arguments and in lists', () => {
    expect(at('gelu-lab plot gelu_n')).toEqual(['gelu_new']);
    expect(at('gelu-lab compare gelu leaky')).toContain('leakyRelu');
    expect(last(at('gelu-lab flow --activations gelu,mis'))).toContain('mish');
  });

  usable('files where a file is wanted', () => {
    expect(at('gelu-lab plot gelu --out ba')).toEqual(['bash']);
  });
});

test('bash: a value after an equals sign', () => {
  expect(offers.bash('gelu-lab compare gelu relu --dtype=float')).toEqual(['float32', 'float64']);
});

test('a new command, also in a group, is completed without further ado', async () => {
  const inner = defineCommand({
    meta: { name: 'inner', description: "it's new" },
    args: {
      kind: { type: 'enum', options: ['a', 'b'], alias: 'k' },
      way: { type: 'string', description: 'one of x, y' },
    },
  });
  const group = defineCommand({ meta: { name: 'group' }, subCommands: { inner: async () => inner } });
  // biome-ignore lint/suspicious/noExplicitAny: citty's own type for commands with different options
  const root: CommandDef<any> = defineCommand({ subCommands: { group: async () => group } });
  const tree = await commandTree(root);
  expect(allCommands(tree).map(({ path }) => path)).toEqual(['', 'group', 'group inner']);
  const script = bashCompletion(tree);
  expect(script).toMatch(/' group inner --kind'\|' group inner -k'\) words='a b'/);
  expect(script).toMatch(/' group inner --way'\) words='x y'/);
});

test('as JSON; and only for known shells', async () => {
  const { out } = await called('completion', 'bash', '--json');
  expect(JSON.parse(out).children.map(({ path }: { path: string }) => path)).toContain('flow');
  expect(await called('completion', 'tcsh')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/bash, zsh, fish, got 'tcsh'/),
  });
});
