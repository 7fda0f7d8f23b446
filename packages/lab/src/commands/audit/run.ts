import { floatingPointMode } from 'gelu';
import type { Progress } from '../../console/progress.js';
import { svgFile } from '../../html/chart.js';
import { timeImplementations, typicalInputs } from '../../implementations/speed.js';
import type { Implementation, SpeedResult } from '../../implementations/types.js';
import { environment } from '../../run/environment.js';
import { RunFolder } from '../../run/run-folder.js';
import { auditBadge } from './badge.js';
import { checksAt, verdict } from './levels.js';
import { measureTarget } from './measure.js';
import { auditReport } from './report.js';
import type { AuditConfig, AuditResult } from './result.js';
import { loadTarget } from './target.js';

const ROUNDS = 9;

/**
 * Measures a GELU against the definition and judges it.
 * @throws LabError if the target cannot be loaded or the folder not be made; UsageError if it names nothing.
 */
export async function runAudit(config: AuditConfig, out: string, bar: Progress): Promise<AuditResult> {
  const folder = new RunFolder(out, 'audit');
  const machine = environment();
  folder.json('config.json', config);
  folder.json('environment.json', machine);
  bar.update(0.05, 'loading');
  const subject = await loadTarget(config.target, config.form, config.gradient);
  bar.update(0.1, 'measuring');
  const audited = await measureTarget(subject, config.points, config.seed);
  const speed = config.elements === 0 ? null : await speedOf(subject, config.elements, bar);
  const checks = checksAt(config.level, audited);
  const result: AuditResult = {
    config,
    environment: machine,
    implementation: subject.implementation,
    version: subject.version,
    form: subject.approximate,
    subnormals: floatingPointMode(),
    checks,
    passed: checks.every(({ passed }) => passed !== false),
    speed,
    ...audited,
    folder: folder.path,
    report: '',
  };
  for (const check of checks) {
    folder.metric({ kind: 'check', ...check });
    folder.log(`${verdict(check)} ${check.of}: ${check.name}: ${check.found}`);
  }
  folder.json('results.json', result);
  folder.text('badge.svg', svgFile(auditBadge(result)));
  result.report = folder.text('report.html', auditReport(result));
  bar.update(1, 'done');
  return result;
}

async function speedOf(subject: Implementation, elements: number, bar: Progress): Promise<SpeedResult | null> {
  const { results } = await timeImplementations([subject], typicalInputs(elements), ROUNDS, (f, label) =>
    bar.update(0.5 + 0.5 * f, label),
  );
  return results[1] ?? null;
}
