// Joins the modules of the web page into one file, dist/page.html, that loads nothing and so works from a disk too.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { readEvidence } from '../dist/commands/evidence/import.js';
import { studyData } from '../dist/commands/page/evidence.js';
import { loadMnist } from '../dist/data/mnist.js';
import { packDigits } from '../dist/page/digits/images.js';
import { pageDocument } from '../dist/page/document.js';

const lab = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(lab, 'dist');

/** The folders of the packages that the page is made of. */
const packages = new Set();

/** The page trains by WebAssembly, so that all get the same bits: what jax-js has for WebGPU and WebGL stays out. */
const withoutGpu = {
  name: 'without-gpu',
  load: (id) => (/@jax-js\/jax\/dist\/web(gpu|gl)-[^/]*\.js$/.test(id) ? 'export {};' : null),
};

/** A module and all that it imports, as one classic script. */
async function script(...path) {
  const bundle = await rolldown({
    input: join(dist, 'page', ...path),
    platform: 'browser',
    plugins: [withoutGpu],
    // A worker of the library has its text in it, and needs no address.
    transform: { define: { 'import.meta': '{}' } },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, codeSplitting: false });
  if (output.length !== 1) throw new Error(`${path.join('/')} must be one script, not ${output.length}`);
  for (const id of output[0].moduleIds) {
    const folder = /.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0];
    if (folder) packages.add(folder);
  }
  return output[0].code;
}

/** The licences of what is joined. */
function licences() {
  return [...packages].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version}\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : ''}`;
  });
}

/** Packing takes seconds, so it is done when how it is done has changed. */
function images() {
  const packed = join(lab, '..', '..', 'node_modules', '.gelu-digits');
  const from = ['images', 'pack', 'pixel-model'].map((name) => join(dist, 'page', 'digits', `${name}.js`));
  const time = (file) => statSync(file).mtimeMs;
  if (!existsSync(packed) || from.some((file) => time(file) > time(packed)))
    writeFileSync(packed, packDigits(loadMnist()));
  return readFileSync(packed);
}

const evidence = readEvidence(join(lab, '..', '..', 'docs', 'evidence'));
const studies = [...evidence.studies.values()].map((results) => studyData(results));
const [program, trainer] = [await script('main.js'), await script('digits', 'program.js')];
writeFileSync(
  join(dist, 'page.html'),
  pageDocument({ program, trainer, images: images(), studies, licences: licences() }),
);
