import type { Environment } from '../../run/environment.js';
import type { Results } from '../../studies/results.js';
import { METHOD } from '../../studies/text.js';
import { type Claim, claims } from './claims.js';
import type { Evidence } from './import.js';

/** docs/evidence.md: each claim, what was measured, and what follows. `command` is what wrote it. */
export function evidenceMarkdown(evidence: Evidence, command: string): string {
  const all = claims(evidence);
  const { studies, flow } = evidence;
  return `# What GELU does to a network: claims and measurements

Written by \`${command}\` from the runs named at the end. Where an interval holds 0, there is
no clear difference between the activations. How much of each experiment was run is stated; short runs show how training begins, not how it ends. ${METHOD}

| claim | verdict | of the whole experiment |
|---|---|---|
${all.map((claim) => overview(claim, evidence)).join('\n')}

${all
  .filter(({ verdict }) => verdict !== null)
  .map((claim) => section(claim, evidence))
  .join('\n')}
## The runs

| experiment | run | trials | report |
|---|---|---|---|
${[...studies.values()].map(runRow).join('\n')}${flow ? '\n| flow | '.concat(`${flow.settings.length} stacks, ${flow.config.draws} draws, width ${flow.config.widths.join(', ')} | | |`) : ''}

${machines([...studies.values()].map(({ environment }) => environment)).join('\n')}
`;
}

function overview({ claim, verdict, study }: Claim, { studies }: Evidence): string {
  const share = study === null || verdict === null ? '' : (studies.get(study)?.share ?? '');
  return `| ${claim} | ${verdict ?? 'not measured here'} | ${share.split(':')[0]} |`;
}

function section({ claim, verdict, measured, study }: Claim, { studies }: Evidence): string {
  const results = study === null ? undefined : studies.get(study);
  const source = results ? `\n\n${results.title}, ${results.share}; [report](evidence/${study}.html).` : '';
  const paper = results?.paper ? `\nThe paper: ${results.paper.text}` : '';
  return `## ${claim}\n\n**${verdict}.**${source}${paper}\n\n${measured.map((line) => `- ${line}`).join('\n')}\n`;
}

function runRow({ study, share, trials }: Results): string {
  const { done, planned, failed, diverged } = trials;
  const counts = `${done} of ${planned}${failed > 0 ? `, ${failed} failed` : ''}${diverged > 0 ? `, ${diverged} diverged` : ''}`;
  return `| ${study} | ${share} | ${counts} | [${study}.html](evidence/${study}.html) |`;
}

function machines(environments: readonly Environment[]): string[] {
  const lines = environments.map((e) => {
    const packages = Object.entries(e.packages).filter(([name]) => /^(gelu|gelu-lab|@jax-js\/jax)$/.test(name));
    const versions = packages.map(([name, version]) => `${name} ${version}`).join(', ');
    return `Measured on ${e.processor}, ${e.cores} cores, ${e.system}, Node ${e.node}; ${versions}.`;
  });
  return [...new Set(lines)];
}
