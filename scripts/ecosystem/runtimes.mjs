// Runtimes and test runners: programs run as they stand.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printed } from './bundlers.mjs';
import { call, peers, programFolder, serve } from './folders.mjs';
import { program } from './probes.mjs';

// jax-js's workers keep Bun and Deno alive.
const PRINT_END =
  "run().then((results) => { console.log('RESULT' + JSON.stringify(results)); setTimeout(() => process.exit(0), 100); });";

/** What the program prints, its warnings apart. */
function ran(command, args, cwd, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: 180_000,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  if (status !== 0) throw new Error(`${error?.message ?? `code ${status}`}: ${(stderr || stdout).slice(-800)}`);
  return printed(stdout, stderr);
}

const modules = (folder, entries) =>
  programFolder(folder, 'program', { ...program(entries, PRINT_END), 'package.json': '{ "type": "module" }' });

/** import → require, for the program's own files. */
function required(files) {
  const converted = Object.entries(files).map(([name, text]) => [
    name,
    text
      .replace(/import \* as (\w+) from ('[^']+');/g, 'const $1 = require($2);')
      .replace(/import (\w+) from ('[^']+');/g, 'const $1 = require($2).default;')
      .replace(
        /import \{([^}]+)\} from ('[^']+');/g,
        (_, names, from) => `const {${names.replaceAll(' as ', ': ')}} = require(${from});`,
      )
      .replace(/import ('[^']+');/g, 'require($1);')
      .replace(/export default /, 'exports.default = ')
      .replace(/export const (\w+)/g, 'const $1 = exports.$1')
      .replace(/export (async )?function (\w+)/g, 'exports.$2 = $2;\n$1function $2'),
  ]);
  return Object.fromEntries(converted);
}

const commonjs = (folder, entries) =>
  programFolder(folder, 'program', {
    ...required(program(entries, PRINT_END)),
    'package.json': '{ "type": "commonjs" }',
  });

const nodePackage = `${process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const nodeBin = (folder) => join(folder, 'node_modules', nodePackage, 'bin', 'node');

const nodes = [20, 22, 24, 26].flatMap((major) =>
  [
    ['', 'import', modules],
    ['-cjs', 'require', commonjs],
  ].map(([suffix, way, make]) => ({
    name: `node${major}${suffix}`,
    title: `Node ${major}, ${way}`,
    packages: () => [`${nodePackage}@${major}`, ...peers()],
    as: `node${major}`,
    tool: nodePackage,
    run: async (folder, entries) => ran(nodeBin(folder), ['main.js'], make(folder, entries)),
  })),
);

async function jest(folder, entries, typescript = false) {
  const files = program(entries, '');
  delete files['main.js'];
  const place = programFolder(folder, 'program', {
    ...(typescript ? files : required(files)),
    [`main.test.${typescript ? 'ts' : 'js'}`]: `
${
  typescript
    ? "import { writeFileSync } from 'fs';\n// @ts-ignore: plain JavaScript\nimport { run } from './run';"
    : "const { writeFileSync } = require('fs');\nconst { run } = require('./run');"
}
test('gelu', async () => { writeFileSync('result.json', JSON.stringify(await run())); }, 120000);`,
    'package.json': '{ "name": "program" }',
    ...(typescript && {
      'jest.config.js':
        "const { createDefaultPreset } = require('ts-jest');\nmodule.exports = { testEnvironment: 'node', ...createDefaultPreset({ tsconfig: 'tsconfig.json' }), transform: { '^.+\\\\.[tj]s$': ['ts-jest', { tsconfig: 'tsconfig.json' }] } };",
      'tsconfig.json':
        '{ "compilerOptions": { "module": "commonjs", "esModuleInterop": true, "target": "es2022", "allowJs": true, "types": ["jest", "node"], "skipLibCheck": true } }',
    }),
  });
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [join(folder, 'node_modules/jest/bin/jest.js'), '--rootDir', place, '--forceExit'],
    { cwd: place, encoding: 'utf8', timeout: 240_000 },
  );
  if (status !== 0) throw new Error((stderr || stdout).slice(0, 1200));
  return {
    results: JSON.parse(readFileSync(join(place, 'result.json'), 'utf8')),
    warnings: stderr.split('\n').filter((line) => line.includes('gelu/threads')),
  };
}

const workerd = (flags) => async (folder, entries) => {
  const place = programFolder(
    folder,
    'program',
    program(entries, 'export default { async fetch() { return Response.json(await run()); } };'),
  );
  call(
    join(folder, 'node_modules/esbuild/bin/esbuild'),
    ['main.js', '--bundle', '--format=esm', '--conditions=workerd', '--outfile=dist/worker.js', '--log-level=error'],
    { cwd: place },
  );
  const port = 8200 + Math.floor(Math.random() * 500);
  writeFileSync(
    join(place, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [(name = "worker", esModule = embed "dist/worker.js")], compatibilityDate = "2026-06-01", compatibilityFlags = [${flags.map((flag) => `"${flag}"`).join(', ')}]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);`,
  );
  const url = `http://127.0.0.1:${port}/`;
  const server = await serve(join(folder, 'node_modules/.bin/workerd'), ['serve', 'config.capnp', '--verbose'], url, {
    cwd: place,
  });
  try {
    const response = await fetch(url);
    const text = await response.text();
    if (!response.ok) throw new Error(`${text} ${server.said()}`);
    return {
      results: JSON.parse(text),
      warnings: server
        .said()
        .split('\n')
        .filter((line) => line.includes('gelu/threads')),
    };
  } finally {
    server.stop();
  }
};

const WORKERD = {
  packages: () => ['workerd@1', 'esbuild@latest', ...peers()],
  as: 'workerd',
  tool: 'workerd',
  withoutThreads: true,
  withoutWasm: true,
  cannot: { jax: 'jax-js makes its WebAssembly as it runs, which workerd forbids' },
};

export const RUNTIMES = [
  ...nodes,
  {
    name: 'bun',
    title: 'Bun',
    packages: () => ['bun@1', ...peers()],
    as: 'bun',
    tool: 'bun',
    run: async (folder, entries) =>
      ran(join(folder, 'node_modules/.bin/bun'), ['run', 'main.js'], modules(folder, entries)),
  },
  {
    name: 'deno',
    title: 'Deno',
    packages: () => ['deno@2', ...peers()],
    tool: 'deno',
    run: async (folder, entries) =>
      ran(join(folder, 'node_modules/.bin/deno'), ['run', '-A', 'main.js'], modules(folder, entries)),
  },
  {
    name: 'workerd',
    title: 'workerd',
    ...WORKERD,
    run: workerd([]),
  },
  {
    name: 'workerd-nodejs',
    title: 'workerd with nodejs_compat',
    ...WORKERD,
    run: workerd(['nodejs_compat']),
  },
  {
    name: 'jest',
    title: 'Jest 30',
    packages: () => ['jest@30', ...peers()],
    tool: 'jest',
    run: (folder, entries) => jest(folder, entries),
  },
  {
    name: 'ts-jest',
    title: 'ts-jest 29',
    packages: () => ['jest@30', 'ts-jest@29', 'typescript@5.9', '@types/jest@30', '@types/node@20', ...peers()],
    tool: 'ts-jest',
    run: (folder, entries) => jest(folder, entries, true),
  },
];
