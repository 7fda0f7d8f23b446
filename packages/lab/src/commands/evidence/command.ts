import { join } from 'node:path';
import { type CommandDef, defineCommand } from 'citty';
import { makeFolder } from '../../run/disk.js';
import { toJson } from '../../run/json.js';
import { writeWhole } from '../../run/write.js';
import { studyReport } from '../../studies/report.js';
import { claims } from './claims.js';
import { readEvidence, takeRun } from './import.js';
import { evidenceMarkdown, plotsOf } from './markdown.js';

type Args = {
  runs: { type: 'positional'; required: false; description: string; valueHint: string };
  out: { type: 'string'; default: string; description: string; valueHint: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  runs: {
    type: 'positional',
    required: false,
    valueHint: 'folder…',
    description: 'runs of study or flow to include, finished or not; without any, the page is rewritten',
  },
  out: { type: 'string', valueHint: 'folder', default: 'docs', description: 'where evidence.md and evidence/ are' },
  json: { type: 'boolean', default: false, description: 'print the claims as JSON' },
};

/** `gelu-lab evidence`. */
export const evidenceCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'evidence',
    description: 'check the claims about GELU against the results of study and flow',
    examples: [
      ['evidence runs/20260101-120000-study-mnist', 'takes a study into docs/evidence and writes docs/evidence.md'],
      ['evidence', 'writes the page anew from what was taken in'],
    ],
  },
  args,
  run: ({ args: given }) => {
    const folder = join(given.out, 'evidence');
    makeFolder(folder, `The folder ${folder}`, given.out);
    for (const run of given._) takeRun(run, folder);
    const evidence = readEvidence(folder);
    for (const [name, results] of evidence.studies) writeWhole(join(folder, `${name}.html`), studyReport(results));
    const path = join(given.out, 'evidence.md');
    const all = claims(evidence);
    for (const [name, svg] of plotsOf(all)) writeWhole(join(folder, name), svg);
    writeWhole(path, evidenceMarkdown(all, evidence, 'gelu-lab evidence'));
    process.stdout.write(given.json ? `${toJson({ page: path, claims: all }, 2)}\n` : `${path}\n`);
  },
});
