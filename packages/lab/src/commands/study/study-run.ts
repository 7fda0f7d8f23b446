import type { Environment } from '../../run/environment.js';
import type { Arm } from '../../studies/arm.js';
import type { StudyConfig } from '../../studies/config.js';
import type { StudyFolder } from '../../studies/folder.js';
import type { Study } from '../../studies/types.js';

/** A study on its way: what is settled before its trials start. */
export interface StudyRun {
  study: Study;
  config: StudyConfig;
  arms: readonly Arm[];
  folder: StudyFolder;
  machine: Environment;
}
