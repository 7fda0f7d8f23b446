import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const DOCUMENTS = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.md'),
);
const PAPERS = [
  ...['README.md', 'CONTRIBUTING.md', 'FEATURES.md', 'site/index.md'],
  ...DOCUMENTS.map((file) => `docs/${file}`),
];

test.each(PAPERS)('no link within the repository is dead in %s', (file) => {
  const links = [...read(file).matchAll(/\]\((?!https?:|\/)([^)\s]+)\)/g)].map(([, link]) => link.split('#'));
  for (const [path, section] of links) {
    const target = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), path);
    expect(existsSync(target), path).toBe(true);
    if (section === undefined) continue;
    const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
      text
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(headings, `${path}#${section}`).toContain(section);
  }
});

test("the library's README has the root's table of names, without its links", () => {
  const table = (file: string): string => /## From PyTorch and others\n\n(\|[\s\S]*?)\n\n/.exec(read(file))?.[1] ?? '';
  expect(table('README.md')).toContain('nn.GELU');
  expect(table('packages/gelu/README.md')).toBe(table('README.md').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
});

test('the tour takes as long everywhere', () => {
  const [, minutes] = /a first look.*\((\d+) minutes\)/.exec(read('packages/lab/src/commands/tour/command.ts')) ?? [];
  expect(minutes).toBeDefined();
  for (const file of ['README.md', 'docs/guides/start.md'])
    expect(read(file)).toContain(`takes you on a tour (about ${minutes} minutes)`);
});

test('how much faster the README says it is, docs/performance.md has measured', () => {
  const [, table] = /## 16 MiB[\s\S]*?```\n([\s\S]*?)```/.exec(read('docs/performance.md')) ?? [];
  const speed = (row: RegExp): number => {
    const line = table.split('\n').find((text) => row.test(text));
    const [, gelems] = /\s(\d+\.\d+)\s+\d+\.\d+\s+\d+\.\d+$/.exec(line ?? '') ?? [];
    return Number(gelems);
  };
  const correct = speed(/this library\) .* correct none {2}/);
  const fast = speed(/this library\) .* fast none {2}/);
  const tfjs = speed(/^TensorFlow\.js wasm .* none \(tf ops\) {2}/);
  const jax = speed(/^jax-js wasm .* none {2}/);
  const [, ...claimed] =
    /(\d+) times TensorFlow\.js[^(]*\((\d+) times[^)]*\), (\d+) to (\d+) times\s+jax-js/.exec(read('README.md')) ?? [];
  const measured = [correct / tfjs, fast / tfjs, correct / jax, fast / jax];
  expect(claimed.map(Number)).toEqual(measured.map((ratio) => Math.floor(ratio + 0.2)));
});
