import { significant } from '../../console/figures.js';
import { textTable } from '../../console/text-table.js';
import type { RangeWorst } from './checks.js';
import { marked } from './levels.js';
import type { AuditResult } from './result.js';

/** An audit as text. */
export function auditText(result: AuditResult): string {
  const { implementation, version, form, config, checks, passed, speed, value, gradient, report } = result;
  const checkRows = checks.map((check) => [marked(check), check.of, check.name, check.found, check.wanted]);
  return [
    `${implementation} (${version}), form ${form}, ${value.points} float32 inputs`,
    `subnormal numbers: ${subnormalsText(result)}`,
    '',
    textTable([['', 'of', 'check', 'found', `asked for at level ${config.level}`], ...checkRows], 5),
    '',
    'worst error by range, in ULP',
    '',
    textTable(rangeRows(value.ranges, gradient?.ranges), 1),
    '',
    speed
      ? `speed: ${speed.gelemPerSecond.toFixed(3)} Gelem/s, ${(100 * speed.ratioToCopy).toFixed(1)} % of a memory copy (${config.elements} elements, one thread)`
      : 'speed: not measured',
    `report: ${report}`,
    passed ? `✔ PASSED at level ${config.level}` : `✘ FAILED at level ${config.level}`,
  ].join('\n');
}

/** What this process does with subnormal numbers, and what follows. */
export function subnormalsText({ subnormals }: AuditResult): string {
  return subnormals === 'gradual'
    ? 'kept'
    : 'this thread takes them for 0, since native code in the process set that mode: where one is due, 0 counts as an error';
}

/** Heading and rows of the table of ranges. */
export function rangeRows(value: readonly RangeWorst[], gradient: readonly RangeWorst[] | undefined): string[][] {
  const cells = (found: RangeWorst | undefined): string[] =>
    found ? [significant(found.ulp), found.at === null ? '–' : significant(found.at)] : ['', ''];
  const heading = ['range', 'points', 'value', 'at x', ...(gradient ? ['gradient', 'at x'] : [])];
  const names = [...new Set([...value, ...(gradient ?? [])].map(({ range }) => range))];
  const of = (among: readonly RangeWorst[] | undefined, name: string) => among?.find(({ range }) => range === name);
  return [
    heading,
    ...names.map((name) => [
      name,
      String((of(value, name) ?? of(gradient, name))?.points ?? 0),
      ...cells(of(value, name)),
      ...(gradient ? cells(of(gradient, name)) : []),
    ]),
  ];
}
