// Joins the modules of the web page into one file, dist/page.html, that loads nothing and so works from a disk too.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { htmlDocument } from '../dist/html/document.js';
import { Html, html } from '../dist/html/html.js';
import { BODY, PAGE_STYLE } from '../dist/page/layout.js';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const bundle = await rolldown({
  input: join(dist, 'page', 'main.js'),
  platform: 'browser',
  resolve: { alias: { linkedom: join(dist, 'page', 'linkedom.js') } },
});
const { output } = await bundle.generate({ minify: true });
if (output.length !== 1) throw new Error(`the page must be one module, not ${output.length}`);
// A script ends at the first </script>, wherever that stands.
const code = output[0].code.replaceAll('</script', '<\\/script');
const body = html`<style>${new Html(PAGE_STYLE)}</style>${BODY}<script type="module">${new Html(code)}</script>`;
writeFileSync(join(dist, 'page.html'), htmlDocument('GELU lab: what an activation does', body));
