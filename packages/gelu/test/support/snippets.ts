import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

/** A block of code in a document: what it consists of and what its comments say that it prints. */
export interface Snippet {
  readonly file: string;
  readonly code: string;
  readonly promised: readonly string[];
}

/** What a snippet did. */
export interface Outcome {
  readonly printed: readonly string[];
  readonly error: string | null;
}

/** The blocks of TypeScript and JavaScript in a document. */
export function snippetsOf(root: string, file: string): Snippet[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^```(?:ts|js)\n([\s\S]*?)^```/gm)].map(([, code]) => ({
    file,
    code,
    promised: promises(code),
  }));
}

/** The comments after each `console.log`, on its line or, for more than one line, on lines of their own below it. */
function promises(code: string): string[] {
  const lines = code.slice(Math.max(0, code.search(/console\.log/))).split('\n');
  return code.includes('console.log')
    ? lines.flatMap((line) => (/console\.log\(.*?\); \/\/ (.*)$/.exec(line) ?? /^\/\/ (.*)$/.exec(line))?.[1] ?? [])
    : [];
}

/** Runs modules one after another in one process; each prints to a list of its own. */
const RUNNER = `
import { readFileSync, writeFileSync } from 'node:fs';
import { formatWithOptions } from 'node:util';
const outcomes = [];
for (const file of JSON.parse(readFileSync('modules.json', 'utf8'))) {
  const outcome = { printed: [], error: null };
  outcomes.push(outcome);
  writeFileSync('at.txt', file);
  const print = (...values) => outcome.printed.push(...formatWithOptions({ breakLength: Infinity }, ...values).split('\\n'));
  console.log = print;
  console.error = console.warn = (...values) => { if (values.some((value) => /Error/.test(String(value)))) outcome.error ??= String(values); };
  try { await import(file); } catch (error) { outcome.error = String(error?.stack ?? error); }
}
writeFileSync('outcomes.json', JSON.stringify(outcomes));
process.exit(0);
`;

/**
 * Runs snippets, each a module, in a new folder below `home`, which has what they import. `before` gives what a snippet
 * takes for granted; `files` are beside it.
 */
export function runSnippets(
  snippets: readonly Snippet[],
  home: string,
  before: (code: string) => string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Outcome[] {
  const folder = mkdtempSync(join(home, 'snippets-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const modules = snippets.map(({ code }, i) => {
      const { code: stripped } = transformSync(code, {
        loader: 'ts',
        format: 'esm',
        target: 'es2022',
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      });
      writeFileSync(join(folder, `snippet-${i}.mjs`), `${before(code)}\n${stripped}`);
      return `./snippet-${i}.mjs`;
    });
    writeFileSync(join(folder, 'modules.json'), JSON.stringify(modules));
    writeFileSync(join(folder, 'run.mjs'), RUNNER);
    const { status, signal, stderr } = spawnSync(process.execPath, ['run.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 170_000,
    });
    if (status !== 0)
      throw new Error(
        `at ${readFileSync(join(folder, 'at.txt'), 'utf8')} the snippets' process ended with ${signal ?? status}: ${stderr}`,
      );
    return JSON.parse(readFileSync(join(folder, 'outcomes.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
