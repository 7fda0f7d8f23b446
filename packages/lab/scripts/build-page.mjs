// Joins the modules of the web page into one file, dist/page.html, that loads nothing and so works from a disk too.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { pageDocument } from '../dist/page/document.js';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const bundle = await rolldown({
  input: join(dist, 'page', 'main.js'),
  platform: 'browser',
});
const { output } = await bundle.generate({ format: 'iife', minify: true });
if (output.length !== 1) throw new Error(`the page must be one script, not ${output.length}`);
writeFileSync(join(dist, 'page.html'), pageDocument(output[0].code));
