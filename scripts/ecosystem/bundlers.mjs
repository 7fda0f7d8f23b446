// Bundlers with their default configuration: each takes the program's folder and says what its results are.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call, copy, peers, programFolder, serve } from './folders.mjs';
import { onPage } from './page.mjs';
import { program } from './probes.mjs';

const PAGE_END = 'run().then((results) => (globalThis.geluResult = JSON.stringify(results)));';
const PRINT_END = "run().then((results) => console.log('RESULT' + JSON.stringify(results)));";
const html = (script, module = true) =>
  `<!doctype html><meta charset="utf-8"><body><script ${module ? 'type="module" ' : 'defer '}src="${script}"></script></body>`;

const node = (folder, bin, args, options = {}) =>
  call(process.execPath, [join(folder, 'node_modules', bin), ...args], options);

/** The last line that begins with RESULT. */
export function printed(text, warnings = '') {
  const line = text.split('\n').findLast((part) => part.startsWith('RESULT'));
  if (line === undefined) throw new Error(`it printed no result: ${text.slice(-500)}`);
  return {
    results: JSON.parse(line.slice(6)),
    warnings: warnings.split('\n').filter((part) => part.includes('gelu/threads')),
  };
}

const pageProgram = (folder, entries, script = './main.js') =>
  programFolder(folder, 'program', { ...program(entries, PAGE_END), 'index.html': html(script) });

async function viteBuild(folder, entries) {
  const place = pageProgram(folder, entries, '/main.js');
  node(folder, 'vite/bin/vite.js', ['build', '--logLevel', 'error'], { cwd: place });
  return onPage(join(place, 'dist'));
}

async function viteServe(folder, entries) {
  const place = pageProgram(folder, entries, '/main.js');
  const port = 5200 + Math.floor(Math.random() * 500);
  const args = [
    join(folder, 'node_modules/vite/bin/vite.js'),
    '--port',
    port,
    '--strictPort',
    '--host',
    '127.0.0.1',
    '--force',
  ];
  const server = await serve(process.execPath, args, `http://127.0.0.1:${port}/`, { cwd: place });
  try {
    return await onPage(`http://127.0.0.1:${port}/`);
  } finally {
    server.stop();
  }
}

async function webpack(folder, entries) {
  const place = pageProgram(folder, entries);
  // What webpack-cli would do without a configuration file.
  writeFileSync(
    join(place, 'build.cjs'),
    `require('webpack')({ mode: 'production', context: __dirname, entry: './main.js' }, (error, stats) => {
      if (error || stats.hasErrors()) { console.error(error || stats.toString({ all: false, errors: true })); process.exit(1); }
    });`,
  );
  call(process.execPath, ['build.cjs'], { cwd: place });
  writeFileSync(join(place, 'dist', 'index.html'), html('main.js', false));
  return onPage(join(place, 'dist'));
}

async function parcel(folder, entries) {
  const place = pageProgram(folder, entries);
  writeFileSync(join(place, 'package.json'), '{ "name": "page", "private": true }');
  node(folder, 'parcel/lib/bin.js', ['build', 'index.html', '--no-cache', '--log-level', 'error'], { cwd: place });
  return onPage(join(place, 'dist'));
}

const esbuildBin = (folder, args, place) =>
  call(join(folder, 'node_modules/esbuild/bin/esbuild'), [...args, '--log-level=error'], { cwd: place });

async function esbuildPage(folder, entries, isolated = true) {
  const place = pageProgram(folder, entries);
  esbuildBin(folder, ['main.js', '--bundle', '--outfile=dist/main.js'], place);
  writeFileSync(join(place, 'dist', 'index.html'), html('main.js', false));
  return onPage(join(place, 'dist'), { isolated });
}

const esbuildNode =
  (format, extra = []) =>
  async (folder, entries) => {
    const place = programFolder(folder, 'program', program(entries, PRINT_END));
    const out = `dist/main.${format === 'esm' ? 'mjs' : 'cjs'}`;
    esbuildBin(
      folder,
      [
        'main.js',
        '--bundle',
        '--platform=node',
        ...(format === 'esm' ? ['--format=esm'] : []),
        ...extra,
        `--outfile=${out}`,
      ],
      place,
    );
    return printed(call(process.execPath, [out], { cwd: place }));
  };

const externalTensorFlow = (format) => ({
  tfjs: {
    line: '--external:@tensorflow/*',
    why: 'TensorFlow.js’s files for Node require modules at run time, and its manifest lets bundlers drop the registration of its backends',
    run: esbuildNode(format, ['--external:@tensorflow/*']),
  },
});

async function rollup(folder, entries, plugins = ['node-resolve']) {
  const place = pageProgram(folder, entries);
  const given = plugins.flatMap((name) => [
    '-p',
    `@rollup/plugin-${name}${name === 'node-resolve' ? '={browser: true}' : ''}`,
  ]);
  node(folder, 'rollup/dist/bin/rollup', ['main.js', '-d', 'dist', '--silent', ...given], { cwd: place });
  writeFileSync(join(place, 'dist', 'index.html'), html('main.js'));
  return onPage(join(place, 'dist'));
}

async function bunBuild(folder, entries, edit = (text) => text) {
  const place = pageProgram(folder, entries);
  for (const name of entries) {
    const file = join(place, `${name}.js`);
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
  }
  call(join(folder, 'node_modules/.bin/bun'), ['build', 'main.js', '--outdir', 'dist'], { cwd: place });
  writeFileSync(join(place, 'dist', 'index.html'), html('main.js'));
  return onPage(join(place, 'dist'));
}

/** A page that computes in the browser, and a route handler that does in Node. */
const next = (flags) => async (folder, entries) => {
  const files = program(entries, '');
  const place = programFolder(folder, 'program', {
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`lib/${name}`, text])),
    'app/layout.js': 'export default function Layout({ children }) { return <html><body>{children}</body></html>; }',
    'app/page.js': `'use client';
import { useEffect } from 'react';
import { run } from '../lib/run.js';
export default function Page() {
  useEffect(() => { run().then((results) => (globalThis.geluResult = JSON.stringify(results))); }, []);
  return <p>gelu</p>;
}`,
    'app/api/route.js': `import { run } from '../../lib/run.js';
export const dynamic = 'force-dynamic';
export async function GET() { return Response.json(await run()); }`,
    'package.json': '{ "name": "app", "private": true }',
  });
  const bin = 'next/dist/bin/next';
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  copyModules(folder, place);
  node(place, bin, ['build', ...flags], { cwd: place, env });
  const port = 3100 + Math.floor(Math.random() * 500);
  const url = `http://127.0.0.1:${port}/`;
  const args = [join(place, 'node_modules', bin), 'start', '-p', String(port), '-H', '127.0.0.1'];
  const server = await serve(process.execPath, args, url, { cwd: place, env: { ...process.env, ...env } });
  try {
    const page = await onPage(url, { path: '/' });
    const route = await (await fetch(`${url}api`)).json();
    const results = Object.fromEntries(entries.map((name) => [name, { page: page.results[name], route: route[name] }]));
    return { results, warnings: page.warnings, parts: ['page', 'route'] };
  } finally {
    server.stop();
  }
};

/** Next takes the nearest lock file or folder of modules for its root: the program gets its own. */
function copyModules(folder, place) {
  copy(join(folder, 'node_modules'), join(place, 'node_modules'));
}

export const BUNDLERS = [
  { name: 'vite7', title: 'Vite 7, build', packages: () => ['vite@7', ...peers()], tool: 'vite', run: viteBuild },
  {
    name: 'vite7-dev',
    title: 'Vite 7, development server',
    packages: () => ['vite@7', ...peers()],
    as: 'vite7',
    tool: 'vite',
    run: viteServe,
  },
  { name: 'vite8', title: 'Vite 8, build', packages: () => ['vite@8', ...peers()], tool: 'vite', run: viteBuild },
  {
    name: 'vite8-dev',
    title: 'Vite 8, development server',
    packages: () => ['vite@8', ...peers()],
    as: 'vite8',
    tool: 'vite',
    run: viteServe,
  },
  { name: 'webpack', title: 'webpack 5', packages: () => ['webpack@5', ...peers()], tool: 'webpack', run: webpack },
  {
    name: 'next',
    title: 'Next, Turbopack: page and route handler',
    packages: () => ['next@16', 'react@19', 'react-dom@19', ...peers()],
    tool: 'next',
    run: next([]),
  },
  {
    name: 'next-webpack',
    title: 'Next, webpack: page and route handler',
    packages: () => ['next@16', 'react@19', 'react-dom@19', ...peers()],
    as: 'next',
    tool: 'next',
    run: next(['--webpack']),
  },
  { name: 'parcel', title: 'Parcel 2', packages: () => ['parcel@2', ...peers()], tool: 'parcel', run: parcel },
  {
    name: 'esbuild',
    title: 'esbuild, for browsers',
    packages: () => ['esbuild@latest', ...peers()],
    tool: 'esbuild',
    run: (folder, entries) => esbuildPage(folder, entries),
  },
  {
    name: 'esbuild-plain',
    title: 'the same, a page that is not cross-origin isolated',
    packages: () => ['esbuild@latest', ...peers()],
    as: 'esbuild',
    tool: 'esbuild',
    withoutThreads: true,
    run: (folder, entries) => esbuildPage(folder, entries, false),
  },
  {
    name: 'esbuild-node',
    title: 'esbuild, for Node, ES module',
    packages: () => ['esbuild@latest', ...peers()],
    as: 'esbuild',
    tool: 'esbuild',
    run: esbuildNode('esm'),
    settings: externalTensorFlow('esm'),
  },
  {
    name: 'esbuild-node-cjs',
    title: 'esbuild, for Node, CommonJS',
    packages: () => ['esbuild@latest', ...peers()],
    as: 'esbuild',
    tool: 'esbuild',
    run: esbuildNode('cjs'),
    settings: externalTensorFlow('cjs'),
  },
  {
    name: 'rollup',
    title: 'Rollup 4 with @rollup/plugin-node-resolve',
    packages: () => ['rollup@4', '@rollup/plugin-node-resolve@16', '@rollup/plugin-commonjs@29', ...peers()],
    tool: 'rollup',
    run: (folder, entries) => rollup(folder, entries),
    settings: {
      tfjs: {
        line: 'plugins: [commonjs(), nodeResolve({ browser: true })]',
        why: 'TensorFlow.js has dependencies that are CommonJS, which Rollup does not read by itself',
        run: (folder, entries) => rollup(folder, entries, ['commonjs', 'node-resolve']),
      },
    },
  },
  {
    name: 'bun-build',
    title: 'bun build, for browsers',
    packages: () => ['bun@1', ...peers()],
    as: 'bun',
    tool: 'bun',
    run: (folder, entries) => bunBuild(folder, entries),
    settings: {
      tfjs: {
        line: "import '@tensorflow/tfjs-backend-cpu/dist/index.js'",
        why: 'Bun takes the file for CommonJS, which TensorFlow.js’s manifest lets bundlers drop, the registration of the backend with it',
        run: (folder, entries) =>
          bunBuild(folder, entries, (text) => text.replace('tfjs-backend-cpu', 'tfjs-backend-cpu/dist/index.js')),
      },
    },
  },
];
