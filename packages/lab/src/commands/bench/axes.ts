import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';

/** What an application pays besides time. */
export interface Axes {
  /** Milliseconds from the start of the import to the first result on so many elements, each in a process of its own. */
  firstResult: { elements: number; precision: 'correct' | 'fast'; native: boolean; milliseconds: number }[];
  /** What the import of `gelu` takes. */
  ownImport: number;
  /** What of that the import of a module with nothing in it takes. */
  emptyImport: number;
  /** MiB that the process grows by while it works on arrays of 256 MiB, beyond the arrays. */
  memoryMiB: number;
  /** Sizes of what a page loads, bundled for browsers and minified; undefined without a bundler. */
  bundles: Bundle[] | undefined;
}

/** A bundle's size in bytes. */
export interface Bundle {
  name: string;
  minified: number;
  gzip: number;
}

const CORE = "import { gelu, geluBackward, GELU } from 'gelu'; globalThis.used = [gelu, geluBackward, GELU];";
/** What is bundled, by the words that say so. */
const BUNDLES: readonly [name: string, source: string][] = [
  ['gelu, geluBackward, GELU', CORE],
  ["the same with `import 'gelu/fast'`", `import 'gelu/fast'; ${CORE}`],
  ["the same with `import 'gelu/float64'`", `import 'gelu/float64'; ${CORE}`],
  ['all of `gelu`', "import * as all from 'gelu'; globalThis.used = all;"],
];
/** WebAssembly in a bundle: long strings without spaces. */
const WASM = /([`'"])(?:\\.|(?!\1)[%-x]){256,}\1/g;

export async function measureAxes(): Promise<Axes> {
  const sizes = [1000, 4 << 20].flatMap((elements) =>
    (['correct', 'fast'] as const).flatMap((precision) =>
      [false, true].map((native) => ({ elements, precision, native })),
    ),
  );
  return {
    firstResult: sizes.map((size) => ({ ...size, milliseconds: firstResult(size) })),
    ownImport: median(importing('gelu')),
    emptyImport: median(importing('data:text/javascript,')),
    memoryMiB: memory(),
    bundles: await bundles(),
  };
}

const importing = (module: string): string =>
  `const start = performance.now(); await import('${module}'); console.log(performance.now() - start);`;

function firstResult({ elements, precision, native }: Omit<Axes['firstResult'][number], 'milliseconds'>): number {
  return median(`
    const x = new Float32Array(${elements}).map((_, i) => (i % 4096) / 256 - 8);
    const start = performance.now();
    ${native ? "await import('gelu/native');" : ''}
    const { gelu } = await import('gelu');
    const y = gelu(x, { precision: '${precision}' });
    console.log(performance.now() - start + 0 * y[0]);`);
}

/** What most of nine processes that run the program print. */
function median(program: string): number {
  return Array.from({ length: 9 }, () => runProgram(program)).sort((a, b) => a - b)[4];
}

function memory(): number {
  return runProgram(`
    const { gelu } = await import('gelu');
    const x = new Float32Array(64 << 20).fill(0.7);
    const out = new Float32Array(64 << 20).fill(0.7);
    const before = process.memoryUsage().rss;
    gelu(x, { out });
    console.log((process.memoryUsage().rss - before) / 2 ** 20);`);
}

function runProgram(source: string): number {
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', source], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    }),
  );
}

async function bundles(): Promise<Bundle[] | undefined> {
  const name = 'rolldown'; // a tool of the repository, not a dependency of the lab
  const tool = await import(name).catch(() => undefined);
  if (tool === undefined) return undefined;
  const found: Bundle[] = [];
  for (const [title, source] of BUNDLES) {
    const bundle = await tool.rolldown({ input: ENTRY, platform: 'browser', plugins: [program(source)] });
    const { output } = await bundle.generate({ minify: true });
    const code: string = output[0].code;
    found.push(sizeOf(title, code));
    if (found.length === 1) found.push(sizeOf('of that, without its WebAssembly', code.replace(WASM, '``')));
  }
  return found;
}

function sizeOf(name: string, code: string): Bundle {
  const bytes = Buffer.from(code);
  return { name, minified: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}

const ENTRY = `${import.meta.dirname}/program.js`;

/** A module that is not there, for the bundler. */
function program(source: string): object {
  return {
    name: 'program',
    resolveId: (id: string) => (id === ENTRY ? id : null),
    load: (id: string) => (id === ENTRY ? source : null),
  };
}
