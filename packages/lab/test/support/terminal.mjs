// The built command line on a terminal whose width changes: each call at each width, what it writes between marks.
// node terminal.mjs CALLS WIDTH…, where CALLS is a JSON file of argument lists; width 0: as it is.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { runCli } from '../../dist/main.js';

const [file, ...widths] = process.argv.slice(2);
for (const width of widths.map(Number)) {
  if (width > 0)
    execFileSync('stty', ['cols', String(width), 'rows', '40'], { stdio: ['inherit', 'ignore', 'inherit'] });
  for (let k = 0; width > 0 && process.stdout.columns !== width && k < 500; k++) await wait(10);
  for (const argv of JSON.parse(readFileSync(file, 'utf8'))) {
    const start = performance.now();
    process.stdout.write(`\n@@@ ${width} ${argv.join(' ')}\n`);
    const code = await runCli(argv);
    process.exitCode = 0;
    process.stdout.write(`\n@@@ ${code} after ${Math.round(performance.now() - start)} ms\n`);
  }
}
