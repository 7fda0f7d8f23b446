import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, UsageError } from '../../console/errors.js';
import { type FlowResults, flowResults } from '../../flow/results.js';
import { type Summary as FlowSummary, summarize } from '../../flow/summary.js';
import { type Environment, readEnvironment } from '../../run/environment.js';
import { readJson, toJson } from '../../run/json.js';
import { writeWhole } from '../../run/write.js';
import { compareAll } from '../../studies/compare.js';
import { studyConfig } from '../../studies/config.js';
import { StudyFolder } from '../../studies/folder.js';
import { studyNamed } from '../../studies/index.js';
import { type Results, resultsOf } from '../../studies/results.js';

/** What a run of `gelu-lab flow` found, without its layers. */
export interface Flow {
  config: FlowResults['config'];
  environment: Environment;
  settings: FlowSummary[];
}

/** All that the page rests on. */
export interface Evidence {
  /** By study. */
  studies: ReadonlyMap<string, Results>;
  flow: Flow | null;
}

const FLOW = 'flow.json';

/** Studies whose figures are in the trials of another. */
const ALSO: Readonly<Record<string, readonly string[]>> = { mnist: ['mnist-noise'], 'mnist-noise': ['mnist'] };

/**
 * Takes what a run has found so far, finished or not, into the folder of evidence, as NAME.json.
 * @throws UsageError if the folder is no run of a study or of flow.
 */
export function takeRun(path: string, evidence: string): void {
  mkdirSync(evidence, { recursive: true });
  const folder = StudyFolder.open(path);
  const { command } = folder.read<{ command: string }>('config.json');
  if (command === 'study') whole(path, () => takeStudy(folder, evidence));
  else if (command === 'flow') whole(join(path, 'results.json'), () => takeFlow(path, evidence));
  else throw new UsageError(`${path}: a run of '${command}', neither of study nor of flow`);
}

/** What `take` gives. @throws DataError naming `path` where it stumbles over what it read there. */
function whole<T>(path: string, take: () => T): T {
  try {
    return take();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      throw new DataError(`${path} is damaged: ${error.message}`);
    throw error;
  }
}

function takeFlow(path: string, evidence: string): void {
  const found = flowResults(readJson(join(path, 'results.json')) as unknown as FlowResults);
  const flow: Flow = { config: found.config, environment: found.environment, settings: summarize(found.trials) };
  writeWhole(join(evidence, FLOW), `${toJson(flow, 1)}\n`);
}

function takeStudy(folder: StudyFolder, evidence: string): void {
  const config = folder.config();
  const machine = readEnvironment(folder);
  const [ended, failures] = [folder.ended(), folder.failures()];
  for (const name of [config.study, ...(ALSO[config.study] ?? [])]) {
    const study = studyNamed(name);
    const results = resultsOf(
      study,
      study.arms(config.activations, config.stepCosts),
      config,
      machine,
      ended,
      failures,
    );
    writeWhole(join(evidence, `${name}.json`), `${toJson(results, 1)}\n`);
  }
}

/** What was taken into the folder. */
export function readEvidence(evidence: string): Evidence {
  const names = existsSync(evidence) ? readdirSync(evidence).filter((name) => name.endsWith('.json')) : [];
  const read = (name: string): unknown => readJson(join(evidence, name));
  const studies = names
    .filter((name) => name !== FLOW)
    .map((name) =>
      whole(join(evidence, name), () => {
        const results = read(name) as Results;
        return {
          ...results,
          config: studyConfig(results.config, join(evidence, name)),
          // Older files have the intervals of their time.
          comparisons: compareAll(results.arms, results.measures),
        };
      }),
    );
  return {
    studies: new Map(studies.map((results) => [results.study, results])),
    flow: names.includes(FLOW) ? (read(FLOW) as Flow) : null,
  };
}
