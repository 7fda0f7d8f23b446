// npm run docs:site [-- --base /path/] [--check] [--serve]: makes the documentation site in site/dist.
// What it needs beyond the workspace it installs into site/node_modules, once for each site/package-lock.json.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const site = join(import.meta.dirname, '..');

/** Runs a command in the site's folder; ends this process with its exit code if it fails. */
function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { cwd: site, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) console.error(`docs:site: cannot run ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: '/' },
    check: { type: 'boolean', default: false },
    screenshots: { type: 'string' },
    serve: { type: 'boolean', default: false },
  },
});
if (!/^\/(.*\/)?$/.test(values.base)) {
  console.error(`docs:site: --base must begin and end with '/', got '${values.base}'`);
  process.exit(2);
}

const lock = createHash('sha256')
  .update(readFileSync(join(site, 'package-lock.json')))
  .digest('hex');
const stamp = join(site, 'node_modules', '.site-installed');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}
run(process.execPath, ['scripts/collect.mjs']);
run(process.execPath, ['scripts/reference.mjs']);
run(process.execPath, ['node_modules/vitepress/bin/vitepress.js', 'build'], { DOCS_BASE: values.base });
console.log('docs:site: site/dist holds the site; any static host can serve it');
const [base, shots] = [`--base=${values.base}`, values.screenshots];
if (values.check || shots)
  run(process.execPath, ['scripts/check.mjs', base, ...(shots ? [`--screenshots=${shots}`] : [])]);
if (values.serve) run(process.execPath, ['scripts/serve.mjs', base]);
