import { join } from 'node:path';
import { type CommandDef, defineCommand } from 'citty';
import { activations } from 'gelu';
import { familyResults } from '../../implementations/exhaustive.js';
import { makeFolder } from '../../run/disk.js';
import { toJson } from '../../run/json.js';
import { writeWhole } from '../../run/write.js';
import { activationMarkdown, activationPlot, slug } from './activation-markdown.js';
import { comparisonMarkdown } from './comparison-markdown.js';
import { measure } from './measure.js';
import { gatePicture, tailPicture } from './pictures.js';
import { measureTail } from './tail.js';

/** Writes a page and a plot for every activation of the registry, and one page that compares them. Returns the files. */
export function writeDocs(folder: string): string[] {
  makeFolder(folder, `The folder ${folder}`);
  const measured = measure(activations);
  const exhaustive = familyResults();
  const files: string[] = [];
  const write = (name: string, text: string): void => {
    writeWhole(join(folder, name), text);
    files.push(name);
  };
  for (const definition of activations) {
    const figures = measured.get(definition);
    if (figures === undefined) continue;
    write(`${slug(definition)}.svg`, activationPlot(definition));
    write(`${slug(definition)}.md`, activationMarkdown(definition, figures, exhaustive));
  }
  write('README.md', comparisonMarkdown(measured));
  return files;
}

/** Writes the pictures of the README, and the errors that one of them shows, measured now. Returns the files. */
export async function writePictures(folder: string): Promise<string[]> {
  const curves = await measureTail();
  const files = { 'gate.svg': gatePicture(), 'tail.json': `${toJson(curves)}\n`, 'tail.svg': tailPicture(curves) };
  makeFolder(folder, `The folder ${folder}`);
  for (const [name, text] of Object.entries(files)) writeWhole(join(folder, name), text);
  return Object.keys(files);
}

type Args = {
  out: { type: 'string'; default: string; description: string; valueHint: string };
  pictures: { type: 'string'; description: string; valueHint: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  out: { type: 'string', valueHint: 'folder', default: 'docs/activations', description: 'where the pages are written' },
  pictures: { type: 'string', valueHint: 'folder', description: 'write the pictures of the README there too' },
  json: { type: 'boolean', default: false, description: 'print the names of the files as JSON' },
};

/** `gelu-lab docs`. */
export const docsCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'docs',
    description: 'write a page for every activation, from its definition and measurements',
    examples: [['docs --out pages', 'a page and a plot for every activation']],
  },
  args,
  run: async ({ args: given }) => {
    const files = writeDocs(given.out);
    if (given.pictures !== undefined) files.push(...(await writePictures(given.pictures)));
    const text = given.json
      ? toJson({ folder: given.out, files }, 2)
      : `${activations.length} activations: ${given.out}`;
    process.stdout.write(`${text}\n`);
  },
});
