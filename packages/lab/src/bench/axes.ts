import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';

/** What an application pays besides time. */
export interface Axes {
  /** Milliseconds from the start of the import to the first result on so many elements, each in a process of its own. */
  firstResult: { elements: number; milliseconds: number }[];
  /** MiB that the process grows by while it works on arrays of 256 MiB, beyond the arrays. */
  memoryMiB: number;
  /** Bytes of `import { gelu, geluBackward, GELU } from 'gelu'`, bundled and minified; undefined without a bundler. */
  bundle: { minified: number; gzip: number } | undefined;
}

export async function measureAxes(): Promise<Axes> {
  return {
    firstResult: [1000, 4 << 20].map((elements) => ({ elements, milliseconds: firstResult(elements) })),
    memoryMiB: memory(),
    bundle: await bundleSize(),
  };
}

/** The median of five processes. */
function firstResult(elements: number): number {
  const program = `
    const x = new Float32Array(${elements}).map((_, i) => (i % 4096) / 256 - 8);
    const start = performance.now();
    const { gelu } = await import('gelu');
    const y = gelu(x);
    console.log(performance.now() - start + 0 * y[0]);`;
  const times = Array.from({ length: 5 }, () => runProgram(program)).sort((a, b) => a - b);
  return times[2];
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

async function bundleSize(): Promise<Axes['bundle']> {
  const name = 'rolldown'; // a tool of the repository, not a dependency of the lab
  const tool = await import(name).catch(() => undefined);
  if (tool === undefined) return undefined;
  const entry = 'entry';
  const bundle = await tool.rolldown({
    input: entry,
    platform: 'browser',
    plugins: [
      {
        name: entry,
        resolveId: (id: string) => (id === entry ? { id: `${import.meta.dirname}/${entry}.js` } : null),
        load: (id: string) =>
          id.endsWith(`/${entry}.js`)
            ? "import { gelu, geluBackward, GELU } from 'gelu'; globalThis.used = [gelu, geluBackward, GELU];"
            : null,
      },
    ],
  });
  const { output } = await bundle.generate({ minify: true });
  const code = Buffer.from(output[0].code);
  return { minified: code.length, gzip: gzipSync(code, { level: 9 }).length };
}
