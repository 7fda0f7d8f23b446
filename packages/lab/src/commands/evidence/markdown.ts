import { type IntervalPanel, intervalsSvg } from '../../html/intervals.js';
import type { Environment } from '../../run/environment.js';
import type { Results } from '../../studies/results.js';
import { methodText, valueText } from '../../studies/text.js';
import { outcomeOf } from '../../studies/verdict.js';
import type { Claim, Row } from './claim.js';
import type { Evidence } from './import.js';

/** docs/evidence.md: each claim, what was measured, and what follows. `command` is what wrote it. */
export function evidenceMarkdown(all: readonly Claim[], { studies, flow }: Evidence, command: string): string {
  const compared = all.reduce((sum, { rows }) => sum + rows.length, 0);
  return `# What GELU does to a network: claims and measurements

✔ all that was measured speaks for it · ◐ a part does · ✘ nothing does, or the opposite is so. How much of each experiment was run stands beside it;
short runs show how training begins, not how it ends.

| | claim | what was found | of the whole experiment |
|---|---|---|---|
${all.map((claim) => overview(claim, studies)).join('\n')}

${all
  .filter(({ mark }) => mark !== null)
  .map((claim) => section(claim, studies))
  .join('\n')}
## How to read it

Written by \`${command}\` from the runs below. ${methodText(`all ${compared} comparisons of this page`)} In the plots a full dot is
such a difference, a ring is not; green speaks for the claim, orange against it; the dashed line is zero.

| experiment | run | rules | trials | report |
|---|---|---|---|---|
${[...studies.values()].map(runRow).join('\n')}${flow ? '\n| flow | '.concat(`${flow.settings.length} stacks, ${flow.config.draws} draws, width ${flow.config.widths.join(', ')} | | | |`) : ''}

${machines([...studies.values()].map(({ environment }) => environment)).join('\n')}
`;
}

/** The plots of the claims, by the names of their files. */
export function plotsOf(all: readonly Claim[]): Map<string, string> {
  const drawn = all.filter(({ mark, rows }) => mark !== null && rows.some(drawable));
  return new Map(drawn.map((claim) => [`${slug(claim)}.svg`, intervalsSvg(panels(claim.rows))]));
}

const drawable = ({ comparison: { low, high } }: Row): boolean => Number.isFinite(low + high);

function panels(rows: readonly Row[]): IntervalPanel[] {
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  return measures.map((measure) => ({
    title: `${measure.title}, difference`,
    text: (value) => (value === 0 ? '0' : valueText(value, measure, true)),
    rows: rows
      .filter((row) => row.measure === measure)
      .map(({ comparison: c }) => {
        const outcome = outcomeOf(c, measure);
        return {
          label: `${c.a} − ${c.b}${c.group && ` (${c.group})`}`,
          ...{ value: c.difference, low: c.low, high: c.high, holds: outcome === 'better' || outcome === 'worse' },
          note: `${c.seeds} seeds`,
          side: outcome.startsWith('better') ? 'better' : outcome.startsWith('worse') ? 'worse' : 'open',
        };
      }),
  }));
}

function slug({ claim }: Claim): string {
  return claim
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function overview({ claim, mark, sentence, study, command }: Claim, studies: Evidence['studies']): string {
  const share = study === null || mark === null ? '' : (studies.get(study)?.share ?? '').split(':')[0];
  return `| ${mark ?? ''} | ${claim} | ${mark === null && command !== null ? `not measured; \`${command}\` does` : sentence} | ${share} |`;
}

function section(
  { claim, mark, sentence, rows, details, study, command }: Claim,
  studies: Evidence['studies'],
): string {
  const results = study === null ? undefined : studies.get(study);
  const source = results ? `\n${results.title}, ${results.share}; [report](evidence/${study}.html).` : '';
  const paper = results?.paper ? `\nThe paper: ${results.paper.text}` : '';
  const plot = rows.some(drawable)
    ? `\n\n![${claim}: differences, intervals, zero, seeds](evidence/${slug({ claim } as Claim)}.svg)`
    : '';
  const repeat = command === null ? '' : `\n\n\`\`\`sh\n${command}\n\`\`\``;
  return `## ${mark} ${claim}

**${sentence}.**${source}${paper}${plot}${repeat}

<details><summary>Details</summary>

${details.map((line) => `- ${line}`).join('\n')}

</details>
`;
}

function runRow({ study, share, trials, config }: Results): string {
  const { done, planned, failed, diverged } = trials;
  const counts = `${done} of ${planned}${failed > 0 ? `, ${failed} failed` : ''}${diverged > 0 ? `, ${diverged} diverged` : ''}`;
  const rules = config.rules === undefined ? 'not written down before' : 'written down before';
  return `| ${study} | ${share} | ${rules} | ${counts} | [${study}.html](evidence/${study}.html) |`;
}

function machines(environments: readonly Environment[]): string[] {
  const lines = environments.map((e) => {
    const packages = Object.entries(e.packages).filter(([name]) => /^(gelu|gelu-lab|@jax-js\/jax)$/.test(name));
    const versions = packages.map(([name, version]) => `${name} ${version}`).join(', ');
    return `Measured on ${e.processor}, ${e.cores} cores, ${e.system}, Node ${e.node}; ${versions}.`;
  });
  return [...new Set(lines)];
}
