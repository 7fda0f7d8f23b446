import type { FloatingPointMode } from 'gelu';
import type { SpeedResult } from '../../implementations/types.js';
import type { Environment } from '../../run/environment.js';
import type { Check, Level } from './levels.js';
import type { Audited } from './measure.js';
import type { Form } from './target.js';

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
  /** What the thread did with subnormal numbers when it had measured. */
  subnormals: FloatingPointMode;
  checks: Check[];
  /** Every check that the level asks for passed. */
  passed: boolean;
  /** Null if not measured. */
  speed: SpeedResult | null;
  /** The folder of the run. */
  folder: string;
  report: string;
}
