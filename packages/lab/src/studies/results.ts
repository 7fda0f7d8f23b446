import type { Environment } from '../run/environment.js';
import type { Arm } from './arm.js';
import type { StudyConfig } from './config.js';
import type { Ended } from './plan.js';
import { shareText } from './share.js';
import { type Summary, summarize } from './summary.js';
import type { Measure, Study } from './types.js';

/** What a study found, as results.json holds it: all that the report and the page of evidence are made of. */
export interface Results extends Summary {
  study: string;
  title: string;
  about: string;
  /** The part of the full experiment that was run, in words. */
  share: string;
  measures: readonly Measure[];
  curveTitles: Study['curves'];
  stepsPerEpoch: number;
  paper: Study['paper'] | null;
  config: StudyConfig;
  environment: Environment;
  failures: { id: string; reason: string }[];
}

export function resultsOf(
  study: Study,
  arms: readonly Arm[],
  config: StudyConfig,
  environment: Environment,
  ended: ReadonlyMap<string, Ended>,
  failures: Results['failures'],
): Results {
  const { name, title, about, measures, curves, full, paper = null } = study;
  return {
    study: name,
    title,
    about: [about, config.probe.remark].filter(Boolean).join(' '),
    share: shareText(full, arms, config.scale),
    ...summarize(study, arms, config.scale, ended),
    measures,
    curveTitles: curves,
    stepsPerEpoch: full.stepsPerEpoch,
    paper,
    config,
    environment,
    failures,
  };
}
