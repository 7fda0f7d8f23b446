import { textTable } from '../../console/text-table.js';
import type { Cell } from '../../landscape/cell.js';
import {
  computesText,
  contradictionText,
  derivativeText,
  errorText,
  fromText,
  placementText,
} from '../../landscape/describe.js';
import type { LandscapeResults } from './run.js';

/** What the command prints: a line for each cell that is not as it should be, and how many are. */
export function landscapeText({ cells, absent, page }: LandscapeResults): string {
  const rows = cells.map(row).filter(({ remarks }) => remarks !== '');
  return [
    textTable(
      [['target', 'activation', 'what is not as it should be'], ...rows.map((r) => [r.target, r.name, r.remarks])],
      3,
    ),
    '',
    `${cells.length} cells, ${cells.length - rows.length} of them without a remark`,
    ...absent.map(({ target, reason }) => `not measured: ${target}: ${reason}`),
    `page: ${page}`,
  ].join('\n');
}

function row(cell: Cell): { target: string; name: string; remarks: string } {
  return { target: cell.target, name: cell.function, remarks: remarks(cell) };
}

/** The error above which a value is remarkable. */
const REMARKABLE = 16;

function remarks(cell: Cell): string {
  const [found, ...derivatives] = cell.found;
  if (found === null || 'failed' in found) return `fails: ${found?.failed ?? ''}`;
  const named = (name: string, text: string): string => (text === '' ? '' : `${name} ${text}`);
  return [
    named('computes', computesText(cell)),
    found.worst !== null && found.worst.ulp > REMARKABLE ? errorText(found) : '',
    named('0', fromText(found.lost)),
    named('wrong sign', fromText(found.sign)),
    named('NaN or ∞', fromText(found.broken)),
    found.beyond === null ? '' : contradictionText(found),
    ...derivatives.map((d, i) =>
      d !== null && !('failed' in d) && (d.broken || d.sign || d.lost)
        ? `${['derivative', 'second'][i]}: ${derivativeText(d)}`
        : '',
    ),
    placementText(cell),
  ]
    .filter((text) => text !== '')
    .join('; ');
}
