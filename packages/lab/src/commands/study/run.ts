import { fork } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Interrupted, UsageError } from '../../console/errors.js';
import { duration } from '../../console/figures.js';
import { type Progress, progress, silent } from '../../console/progress.js';
import { type Environment, environment } from '../../run/environment.js';
import { toJson } from '../../run/json.js';
import { RunFolder } from '../../run/run-folder.js';
import type { Arm } from '../../studies/arm.js';
import { type Probe, type StudyConfig, studyConfig } from '../../studies/config.js';
import { StudyFolder } from '../../studies/folder.js';
import { studyNamed } from '../../studies/index.js';
import { expectedTrials, isDone, planTrials, shareDone } from '../../studies/plan.js';
import { studyReport } from '../../studies/report.js';
import { type Results, resultsOf } from '../../studies/results.js';
import { shareText } from '../../studies/share.js';
import { stepCostLines } from '../../studies/text.js';
import type { Budget, Scale, Study, Trial } from '../../studies/types.js';
import { fullScale, scaleFor, totalCost, totalTime } from './budget.js';
import { measureArms, probe } from './probe.js';
import { runTrials } from './scheduler.js';
import { textReport } from './text.js';

export interface StudyOptions {
  /** Trials at once. */
  jobs: number;
  /** Takes the text, piece by piece. */
  print: (text: string) => void;
  /** Shows no progress. */
  quiet?: boolean;
}

export interface StudyResult {
  folder: string;
  report: string;
  results: Results;
}

/** Starts a study in a folder of its own under `out`. */
export async function startStudy(
  choices: { study: string; activations: readonly string[] | null; data: string | null; budget: Budget; out: string },
  options: StudyOptions,
): Promise<StudyResult> {
  const study = studyNamed(choices.study);
  const { data, budget, out } = choices;
  const activations = choices.activations ?? study.activations;
  const folder = new RunFolder(out, `study-${study.name}`);
  try {
    options.print(`Measuring a step of ${study.name} …`);
    const stepCosts = study.comparesTime
      ? await measureArms(study, uniqueArms(study.arms(activations, {})), { data }, timingLimit(budget))
      : {};
    for (const line of stepCostLines(stepCosts)) options.print(line);
    const arms = study.arms(activations, stepCosts);
    const measured = await probe(study.name, arms[0], data);
    const scale = scaleOf(study, arms, budget, measured, options.jobs);
    const config: StudyConfig = {
      command: 'study',
      study: study.name,
      activations,
      data,
      budget,
      scale,
      stepCosts,
      probe: measured,
    };
    folder.json('environment.json', environment());
    folder.json('config.json', config);
  } catch (error) {
    rmSync(folder.path, { recursive: true });
    throw error;
  }
  return runStudy(new StudyFolder(folder.path), options);
}

/**
 * Goes on with the study in a folder. A `budget` larger than the one it was started with extends it: trials that can be continued
 * are.
 */
export async function resumeStudy(path: string, budget: Budget | null, options: StudyOptions): Promise<StudyResult> {
  const folder = new StudyFolder(path);
  const config = studyConfig(folder.read<StudyConfig>('config.json'));
  if (config.command !== 'study')
    throw new UsageError(`--resume: ${path} holds a run of '${config.command}', no study`);
  if (budget !== null) {
    const study = studyNamed(config.study);
    const arms = study.arms(config.activations, config.stepCosts);
    const scale = scaleOf(study, arms, budget, config.probe, options.jobs);
    if (scale.steps < config.scale.steps || scale.seeds < config.scale.seeds) {
      throw new UsageError(`--budget: the study was started with more (${shareText(study.full, arms, config.scale)})`);
    }
    folder.write('config.json', `${toJson({ ...config, budget, scale }, 2)}\n`);
  }
  return runStudy(folder, options);
}

/** How long steps of the arms may be timed, in milliseconds: a tenth of the budget, within bounds. */
function timingLimit(budget: Budget): number {
  return budget === 'full' ? 600_000 : Math.min(600_000, Math.max(20_000, 100 * budget));
}

/** One arm of each name. */
function uniqueArms(arms: readonly Arm[]): Arm[] {
  return [...new Map(arms.map((arm) => [arm.name, arm])).values()];
}

function scaleOf(study: Study, arms: readonly Arm[], budget: Budget, measured: Probe, jobs: number): Scale {
  if (budget === 'full') return fullScale(study.full);
  return scaleFor(study, arms, measured, budget * jobs * 1000);
}

async function runStudy(folder: StudyFolder, options: StudyOptions): Promise<StudyResult> {
  const config = studyConfig(folder.read<StudyConfig>('config.json'));
  const study = studyNamed(config.study);
  const arms = study.arms(config.activations, config.stepCosts);
  const { scale } = config;
  const expected = expectedTrials(study, arms, scale);
  const release = folder.lock(2 * expected.length * config.probe.checkpointBytes);
  const bar = options.quiet ? silent : progress(study.name);
  try {
    const seconds = totalTime(expected, config.probe) / 1000 / options.jobs;
    options.print(
      `${study.title}: ${shareText(study.full, arms, scale)}; about ${duration(seconds)} in all\nFolder: ${folder.path}`,
    );
    folder.clearFailures();
    await runTrials(scheduleOf(study, arms, config, folder, options, totalCost(expected), bar));
    bar.stop();
    return finish(study, arms, config, folder, options);
  } catch (error) {
    bar.stop();
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(`${folder.path}; 'gelu-lab study --resume ${folder.path}' goes on`);
  } finally {
    release();
  }
}

function scheduleOf(
  study: Study,
  arms: readonly Arm[],
  { study: name, data, scale }: StudyConfig,
  folder: StudyFolder,
  { jobs, print }: StudyOptions,
  expected: number,
  bar: Progress,
): Parameters<typeof runTrials>[0] {
  const spent = new Map<string, number>();
  const done = ({ id, cost }: Trial, share: number): void => {
    spent.set(id, Math.max(spent.get(id) ?? 0, share * cost));
  };
  const show = (label: string): void => {
    const total = [...spent.values()].reduce((sum, cost) => sum + cost, 0);
    bar.update(Math.min(1, total / expected), label);
  };
  return {
    jobs,
    remaining: () => {
      const ended = folder.ended();
      const plan = planTrials(study, arms, scale, ended);
      for (const trial of plan) done(trial, shareDone(trial, ended.get(trial.id)));
      return plan.filter((trial) => !isDone(trial, ended.get(trial.id)));
    },
    start: (trial) => fork(WORKER, [folder.prepare(trial, name, data)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }),
    onStep: (trial, step) => {
      done(trial, step / trial.steps);
      show(`${trial.id} ${Math.round((100 * step) / trial.steps)} %`);
    },
    onEnd: ({ trial, failure }) => {
      const reason =
        failure ?? (existsSync(join(folder.trialPath(trial.id), 'result.json')) ? null : 'it left no result');
      if (reason === null) {
        show(`${trial.id} done`);
        return;
      }
      folder.fail(trial.id, reason);
      bar.pause();
      print(`failed: ${trial.id}: ${reason}`);
    },
  };
}

/** Beside the code that runs; the tests run the sources, with the built worker. */
const WORKER = fileURLToPath(new URL('../../../dist/commands/study/worker.js', import.meta.url));

function finish(
  study: Study,
  arms: readonly Arm[],
  config: StudyConfig,
  folder: StudyFolder,
  { print }: StudyOptions,
): StudyResult {
  const machine = folder.read<Environment>('environment.json');
  const results = resultsOf(study, arms, config, machine, folder.ended(), folder.failures());
  folder.write('results.json', `${toJson(results, 2)}\n`);
  const report = folder.write('report.html', studyReport(results));
  print(`\n${textReport(results)}\nReport: ${report}`);
  return { folder: folder.path, report, results };
}
