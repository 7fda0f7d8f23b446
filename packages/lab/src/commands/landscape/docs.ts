import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byTarget, type Cell } from '../../landscape/cell.js';
import { FUNCTION_NAMES } from '../../landscape/functions.js';
import { TARGET_NAMES } from '../../landscape/targets/index.js';
import { makeFolder } from '../../run/disk.js';
import { parseJson, toJson } from '../../run/json.js';
import { writeWhole } from '../../run/write.js';
import { landscapeMarkdown } from './markdown.js';

const folderIn = (docs: string): string => join(docs, 'landscape');

/** The cells that are kept beside the page, in the order of targets and functions. */
export function readCells(docs: string): Cell[] {
  const folder = folderIn(docs);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => parseJson(readFileSync(join(folder, name), 'utf8')) as Cell[]).sort(byPlace);
}

/** Puts cells in the place of those of the same target and function, and writes the page anew. Returns its path. */
export function updateDocs(docs: string, cells: readonly Cell[]): string {
  const measured = new Set(cells.map(keyOf));
  const all = [...readCells(docs).filter((cell) => !measured.has(keyOf(cell))), ...cells].sort(byPlace);
  makeFolder(folderIn(docs), `The folder ${folderIn(docs)}`);
  for (const [target, own] of byTarget(all))
    writeWhole(join(folderIn(docs), `${target}.json`), `[\n${own.map((cell) => toJson(cell)).join(',\n')}\n]\n`);
  const page = join(docs, 'landscape.md');
  writeWhole(page, landscapeMarkdown(all));
  return page;
}

const keyOf = (cell: Cell): string => `${cell.target} ${cell.function}`;

function byPlace(a: Cell, b: Cell): number {
  const targets = TARGET_NAMES.indexOf(a.target) - TARGET_NAMES.indexOf(b.target);
  return targets || FUNCTION_NAMES.indexOf(a.function) - FUNCTION_NAMES.indexOf(b.function);
}
