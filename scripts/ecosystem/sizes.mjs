// What a page loads: bundled by each tool with its own minifier, in bytes of gzip.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { call, programFolder } from './folders.mjs';

const PROGRAMS = {
  gelu: "import { gelu } from 'gelu';\nglobalThis.used = gelu;\n",
  'gelu, geluBackward, GELU':
    "import { GELU, gelu, geluBackward } from 'gelu';\nglobalThis.used = [gelu, geluBackward, GELU];\n",
};
/** No bundle may be larger than Rollup's by more than this. */
const MOST = 1.2;

const gzipped = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => /\.m?js$/.test(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);

const TOOLS = {
  Rollup: [
    'rollup-terser',
    ['rollup@4', '@rollup/plugin-node-resolve@16', '@rollup/plugin-terser@latest'],
    (folder, place) =>
      call(
        process.execPath,
        [
          join(folder, 'node_modules/rollup/dist/bin/rollup'),
          'main.js',
          '-d',
          'dist',
          '--silent',
          '-p',
          'node-resolve={browser: true}',
          '-p',
          'terser',
        ],
        { cwd: place },
      ),
  ],
  esbuild: [
    'esbuild-alone',
    ['esbuild@latest'],
    (folder, place) =>
      call(
        join(folder, 'node_modules/esbuild/bin/esbuild'),
        ['main.js', '--bundle', '--minify', '--format=esm', '--outdir=dist', '--log-level=error'],
        { cwd: place },
      ),
  ],
  webpack: [
    'webpack-alone',
    ['webpack@5'],
    (_folder, place) => {
      writeFileSync(
        join(place, 'build.cjs'),
        "require('webpack')({ mode: 'production', context: __dirname, entry: './main.js' }, (error, stats) => { if (error || stats.hasErrors()) { console.error(error || stats.toString()); process.exit(1); } });",
      );
      call(process.execPath, ['build.cjs'], { cwd: place });
    },
  ],
  Bun: [
    'bun-alone',
    ['bun@1'],
    (folder, place) =>
      call(join(folder, 'node_modules/.bin/bun'), ['build', 'main.js', '--minify', '--outdir', 'dist'], { cwd: place }),
  ],
};

/** Bytes by tool and program; `wrong` lists what is larger than it may be. */
export function measureSizes(toolFolder, tarball) {
  const bytes = {};
  for (const [tool, [name, packages, build]] of Object.entries(TOOLS)) {
    const folder = toolFolder(name, packages, tarball);
    bytes[tool] = {};
    for (const [title, text] of Object.entries(PROGRAMS)) {
      const place = programFolder(folder, 'program', { 'main.js': text });
      build(folder, place);
      bytes[tool][title] = gzipped(join(place, 'dist'));
    }
  }
  const wrong = Object.entries(bytes).flatMap(([tool, sizes]) =>
    Object.entries(sizes)
      .filter(([title, size]) => size > MOST * bytes.Rollup[title])
      .map(([title, size]) => `${tool}: ${title}: ${size} bytes, Rollup's has ${bytes.Rollup[title]}`),
  );
  return { bytes, wrong };
}
