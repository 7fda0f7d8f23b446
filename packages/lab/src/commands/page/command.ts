import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandDef, defineCommand } from 'citty';
import { LabError } from '../../console/errors.js';
import { toJson } from '../../run/json.js';
import { writeWhole } from '../../run/write.js';

type Args = {
  out: { type: 'string'; default: string; description: string; valueHint: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  out: { type: 'string', valueHint: 'folder', default: 'gelu-lab-page', description: 'where index.html is written' },
  json: { type: 'boolean', default: false, description: 'print the path as JSON' },
};

/** `gelu-lab page`. */
export const pageCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'page',
    description: 'a web page to try activations in: plots, the stochastic form, flow, the tail',
    examples: [
      ['page', 'gelu-lab-page/index.html, to be opened in a browser'],
      ['page --out public', 'the same in another folder'],
    ],
  },
  args,
  run: ({ args: { out, json } }) => {
    const path = writePage(out);
    process.stdout.write(`${json ? toJson({ page: path }, 2) : path}\n`);
  },
});

/** Writes the page that was built with the package, one file that loads nothing, and returns its path. */
export function writePage(folder: string): string {
  const built = fileURLToPath(new URL('../../../dist/page.html', import.meta.url));
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new LabError(`The folder ${folder} cannot be made: ${(error as Error).message}`);
  }
  const path = join(folder, 'index.html');
  writeWhole(path, readFileSync(built));
  return path;
}
