// Joins the modules into what is published: what the entry of the package needs into one file, since an engine takes a
// millisecond for every file that it has to find, and each further entry into one that takes from it what they share.
// Names stay as written, so that stack traces, `GELU.name` and source maps say what people know; who minifies does it with
// their own tools. Once as ES modules, once as CommonJS for tools that read nothing else. Types stay as tsc wrote them.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RolldownMagicString, rolldown } from 'rolldown';
import { workerScript } from './build-worker.mjs';
import { pure } from './pure.mjs';

const library = join(dirname(fileURLToPath(import.meta.url)), '..');
const [source, dist] = [join(library, 'src'), join(library, 'dist')];
const manifest = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8'));

/** The entries by their names in dist: what package.json exports. */
const entries = [
  ...new Set(
    JSON.stringify(manifest.exports)
      .match(/\.\/dist\/esm\/[\w/-]+\.js/g)
      .map((path) => path.slice('./dist/esm/'.length, -'.js'.length)),
  ),
];
const peers = Object.keys(manifest.peerDependencies);
const common = {
  external: (id) => peers.some((name) => id === name || id.startsWith(`${name}/`)),
  platform: 'neutral',
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  optimization: { inlineConst: { mode: 'all', pass: 3 } },
};

/** The modules that the main entry is made of in Node, by their files, but for entries. */
async function core() {
  const bundle = await rolldown({ ...common, input: join(source, 'complete.ts') });
  const { output } = await bundle.generate({});
  return new Set(output[0].moduleIds.filter((id) => !entries.includes(id.slice(source.length + 1, -'.ts'.length))));
}

/** Engines read a text of ASCII alone sooner: its other characters, which stand in strings, are escaped. */
const ascii = {
  name: 'ascii',
  renderChunk(code) {
    const text = new RolldownMagicString(code);
    for (const { index } of code.matchAll(/[\u0080-\uffff]/g))
      text.overwrite(index, index + 1, `\\u${code.charCodeAt(index).toString(16).padStart(4, '0')}`);
    return { code: text };
  },
};

const shared = await core();
const written = {
  minify: false,
  sourcemap: true,
  comments: { annotation: true, jsdoc: false, legal: true }, // who bundles it needs the first, editors read the types
  chunkFileNames: 'chunks/[name].js',
  cleanDir: true,
  codeSplitting: { groups: [{ name: 'core', test: (id) => shared.has(id) }] },
};
const input = Object.fromEntries(entries.map((name) => [name, join(source, `${name}.ts`)]));
// CommonJS has no import.meta: there the worker is made from its text.
const define = { esm: {}, cjs: { 'import.meta.url': 'undefined' } };
// The manifest speaks of what is published: the bundler is told of the sources, or it drops imports that are there for what they do.
const effects = manifest.sideEffects.map((file) => join(source, file.replace(/^\.\/dist\/\w+\/(.*)\.js$/, '$1.ts')));
const treeshake = { moduleSideEffects: (id) => effects.includes(id) };
const isPure = (file) => !manifest.sideEffects.includes(`./dist/esm/${file}`);
for (const format of ['esm', 'cjs']) {
  const plugins = format === 'esm' ? [pure(isPure), ascii] : [ascii];
  const bundle = await rolldown({ ...common, input, plugins, treeshake, transform: { define: define[format] } });
  await bundle.write({ ...written, format, dir: join(dist, format) });
}

const worker = await workerScript({ minify: false, sourcemap: true, comments: { jsdoc: false } });
for (const file of worker.output)
  writeFileSync(join(dist, 'esm', 'threads', file.fileName), file.type === 'chunk' ? file.code : file.source);

// CommonJS in a package of modules: a folder with a manifest of its own, and the types again, read in its light.
writeFileSync(join(dist, 'cjs', 'package.json'), '{ "type": "commonjs" }\n');
for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (/^(esm|cjs)\b/.test(file) || !file.endsWith('.d.ts')) continue;
  const current = existsSync(join(source, file.replace(/\.d\.ts$/, '.ts')));
  if (current) cpSync(join(dist, file), join(dist, 'cjs', file));
  else rmSync(join(dist, file)); // of a module that is no more
}

cpSync(join(library, '..', '..', 'CHANGELOG.md'), join(library, 'CHANGELOG.md'));

// For tools that do not read `exports` each entry is a folder.
for (const path of Object.keys(manifest.exports)) {
  const name = path.slice(2);
  if (name === '' || name.endsWith('.json')) continue;
  const built = JSON.stringify(manifest.exports[path]).match(/dist\/esm\/([\w/-]+)\.js/)[1];
  const up = '../'.repeat(name.split('/').length);
  const stub = {
    main: `${up}dist/cjs/${built}.js`,
    module: `${up}dist/esm/${built}.js`,
    types: `${up}dist/cjs/${built}.d.ts`,
    sideEffects: manifest.sideEffects.includes(`./dist/esm/${built}.js`),
  };
  rmSync(join(library, name), { recursive: true, force: true });
  mkdirSync(join(library, name), { recursive: true });
  writeFileSync(join(library, name, 'package.json'), `${JSON.stringify(stub, null, 2)}\n`);
}
writeFileSync(join(dist, '.bundled'), '');
