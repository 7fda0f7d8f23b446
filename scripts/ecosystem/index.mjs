// npm run test:ecosystem [-- --only vite8,jest]: tries the packed packages with the tools people have, each installed from the
// registry and used with its default configuration, and writes docs/compatibility.md from what happened. Tools are kept in
// $GELU_ECOSYSTEM, by default a folder of the system's temporary one, and so are the results of earlier runs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BUNDLERS } from './bundlers.mjs';
import { cache, packAll, toolFolder, versionIn } from './folders.mjs';
import { tryLab } from './lab.mjs';
import { closeBrowser } from './page.mjs';
import { ENTRIES } from './probes.mjs';
import { report } from './report.mjs';
import { RUNTIMES } from './runtimes.mjs';
import { measureSizes } from './sizes.mjs';
import { tryTool } from './try.mjs';
import { TYPESCRIPT } from './types.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const all = [...BUNDLERS, ...RUNTIMES, ...TYPESCRIPT, { name: 'sizes' }, { name: 'lab' }];
const names = all.map(({ name }) => name);
const wanted = values.only?.split(',') ?? names;
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`test:ecosystem: there is no '${unknown}'; there are ${names.join(', ')}`);
  process.exit(2);
}

const file = join(cache, 'results.json');
const earlier = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
let results = earlier();
const tarballs = packAll();
let failed = false;

for (const tool of all.filter(({ name }) => wanted.includes(name))) {
  const start = Date.now();
  const row = { date: new Date().toISOString().slice(0, 10) };
  try {
    if (tool.name === 'sizes') Object.assign(row, measureSizes(toolFolder, tarballs.gelu));
    else if (tool.name === 'lab') row.ways = tryLab(tarballs);
    else {
      const folder = toolFolder(tool.as ?? tool.name, tool.packages(), tarballs.gelu);
      row.version = versionIn(folder, tool.tool);
      row.cells = tool.columns ? await tool.run(folder) : await tryTool(tool, folder, ENTRIES);
    }
  } catch (error) {
    row.failed = error.message.slice(0, 2000);
  }
  const wrong = problems(row);
  results = { ...earlier(), [tool.name]: row };
  writeFileSync(file, JSON.stringify(results, null, 2));
  console.log(
    `${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${tool.name} ${row.version ?? ''} ${((Date.now() - start) / 1000).toFixed(0)} s`,
  );
  for (const line of wrong) console.log(`     ${line}`);
  failed ||= wrong.length > 0;
}
await closeBrowser();

const docs = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'compatibility.md');
writeFileSync(
  docs,
  report({ bundlers: BUNDLERS, runtimes: RUNTIMES, typescript: TYPESCRIPT, entries: ENTRIES }, results),
);
console.log('docs/compatibility.md is written');
process.exit(failed ? 1 : 0);

/** What must not be in a row. */
function problems({ failed, cells = {}, wrong = [], ways = {} }) {
  const ofCells = Object.entries(cells).flatMap(([name, cell]) =>
    typeof cell === 'string'
      ? /^[✓–]$/.test(cell)
        ? []
        : [`${name}: ${cell}`]
      : cell.wrong === undefined
        ? []
        : [`${name}: ${cell.wrong}`],
  );
  return [
    ...(failed ? [failed] : []),
    ...ofCells,
    ...wrong,
    ...Object.entries(ways).flatMap(([way, found]) => found.wrong.map((line) => `${way}: ${line}`)),
  ];
}
