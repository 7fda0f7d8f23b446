import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandDef, defineCommand } from 'citty';
import { UsageError } from '../../console/errors.js';
import { isShown, type ShowArgs, showArgs, showing } from '../../console/serve.js';
import { evidenceJson } from '../../page/document.js';
import { EVIDENCE, type StudyData } from '../../page/evidence/data.js';
import { makeFolder } from '../../run/disk.js';
import { toJson } from '../../run/json.js';
import { STDOUT, writeOutput } from '../../run/write.js';
import { runData } from './evidence.js';

type Args = ShowArgs & {
  out: { type: 'string'; default: string; description: string; valueHint: string };
  run: { type: 'string'; description: string; valueHint: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  out: {
    type: 'string',
    valueHint: 'folder',
    default: 'gelu-lab-page',
    description: 'where index.html is written; - is standard output',
  },
  run: {
    type: 'string',
    valueHint: 'folder',
    description: 'show what this run of study or train found, among the evidence',
  },
  json: { type: 'boolean', default: false, description: 'print the path as JSON' },
  ...showArgs,
};

/** `gelu-lab page`. */
export const pageCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'page',
    description: 'a web page to touch activations in: the gate, comparisons, a race, depth, the tail',
    examples: [
      ['page', 'gelu-lab-page/index.html, to be opened in a browser'],
      ['page --out public', 'the same in another folder'],
      ['page --run runs/20261128-120000-study-mnist', 'with the results of a run among the evidence'],
      ['page --serve --open', 'served on this machine, with threads, and opened in the browser'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const { out, run, json } = given;
    const show = showing(given);
    if (out === STDOUT && isShown(given)) throw new UsageError('--open and --serve need a file; leave out --out -');
    if (json && out === STDOUT) throw new UsageError('--json and --out - would both be on standard output');
    const path = writePage(out, run === undefined ? [] : [runData(run)]);
    if (path === STDOUT) return;
    process.stdout.write(`${json ? toJson({ page: path }, 2) : path}\n`);
    await show(path);
  },
});

/**
 * Writes the page that was built with the package, one file that loads nothing, with runs of the reader's own before the studies in
 * it, and returns its path; `-` is standard output.
 */
export function writePage(folder: string, runs: readonly StudyData[] = []): string {
  const built = readFileSync(fileURLToPath(new URL('../../../dist/page.html', import.meta.url)), 'utf8');
  const path = folder === STDOUT ? STDOUT : join(folder, 'index.html');
  if (folder !== STDOUT) makeFolder(folder, `The folder ${folder}`);
  const [start, end] = [`id="${EVIDENCE}">`, '</script>'];
  const first = built.indexOf(start) + start.length;
  const last = built.indexOf(end, first);
  const studies = [...runs, ...(JSON.parse(built.slice(first, last)) as StudyData[])];
  writeOutput(path, built.slice(0, first) + evidenceJson(studies).text + built.slice(last));
  return path;
}
