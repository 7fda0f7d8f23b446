import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandDef, defineCommand } from 'citty';
import { activations } from 'gelu';
import { activationPage, activationPlot, slug } from './docs/activation-page.js';
import { comparisonPage } from './docs/comparison-page.js';
import { measure } from './docs/measure.js';
import { writeWhole } from './run/write.js';

/** Writes a page and a plot for every activation of the registry, and one page that compares them. */
export function writeDocs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const measured = measure(activations);
  for (const definition of activations) {
    const figures = measured.get(definition);
    if (figures === undefined) continue;
    writeWhole(join(folder, `${slug(definition)}.svg`), activationPlot(definition));
    writeWhole(join(folder, `${slug(definition)}.md`), activationPage(definition, figures));
  }
  writeWhole(join(folder, 'README.md'), comparisonPage(measured));
}

type Args = { out: { type: 'string'; default: string; description: string; valueHint: string } };

const args: Args = {
  out: { type: 'string', valueHint: 'folder', default: 'docs/activations', description: 'where the pages are written' },
};

/** `gelu-lab docs`. */
export const docsCommand: CommandDef<Args> = defineCommand({
  meta: { name: 'docs', description: 'write a page for every activation, from its definition and measurements' },
  args,
  run: ({ args: given }) => {
    writeDocs(given.out);
    process.stdout.write(`${activations.length} activations: ${given.out}\n`);
  },
});
