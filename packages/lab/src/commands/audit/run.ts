import type { Progress } from '../../console/progress.js';
import { timePeers, typicalInputs } from '../../implementations/speed.js';
import type { Peer, SpeedResult } from '../../implementations/types.js';
import { type Environment, environment } from '../../run/environment.js';
import { RunFolder } from '../../run/run-folder.js';
import { type Check, checksAt, type Level, verdict } from './levels.js';
import { type Audited, measureTarget } from './measure.js';
import { auditReport } from './report.js';
import { type Form, loadTarget } from './target.js';

/** What is audited, and how. */
export interface AuditConfig {
  target: string;
  /** Default: that of the target, or 'none'. */
  form: Form | undefined;
  /** The name of the function's derivative where it stands. */
  gradient: string | undefined;
  level: Level;
  points: number;
  seed: number;
  /** Length of the vector for the speed; 0: it is not measured. */
  elements: number;
}

/** The outcome of an audit. */
export interface AuditResult extends Audited {
  config: AuditConfig;
  environment: Environment;
  implementation: string;
  version: string;
  form: Form;
  checks: Check[];
  /** Every check that the level asks for passed. */
  passed: boolean;
  /** Null if not measured. */
  speed: SpeedResult | null;
  /** The folder of the run. */
  folder: string;
  report: string;
}

const ROUNDS = 9;

/**
 * Measures a GELU against the definition and judges it.
 * @throws LabError if the target cannot be loaded or the folder not be made; UsageError if it names nothing.
 */
export async function runAudit(config: AuditConfig, out: string, shown: Progress): Promise<AuditResult> {
  const folder = new RunFolder(out, 'audit');
  const place = environment();
  folder.json('config.json', config);
  folder.json('environment.json', place);
  shown.update(0.05, 'loading');
  const peer = await loadTarget(config.target, config.form, config.gradient);
  shown.update(0.1, 'measuring');
  const audited = await measureTarget(peer, config.points, config.seed);
  const speed = config.elements === 0 ? null : await speedOf(peer, config.elements, shown);
  const checks = checksAt(config.level, audited);
  const result: AuditResult = {
    config,
    environment: place,
    implementation: peer.implementation,
    version: peer.version,
    form: peer.approximate,
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
  result.report = folder.text('report.html', auditReport(result));
  shown.update(1, 'done');
  return result;
}

async function speedOf(peer: Peer, elements: number, shown: Progress): Promise<SpeedResult | null> {
  const { results } = await timePeers([peer], typicalInputs(elements), ROUNDS, (f, label) =>
    shown.update(0.5 + 0.5 * f, label),
  );
  return results[1] ?? null;
}
