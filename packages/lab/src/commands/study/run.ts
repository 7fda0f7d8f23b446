import { fork } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEBUG, debugging } from '../../console/debug.js';
import { Interrupted, UsageError } from '../../console/errors.js';
import { duration } from '../../console/figures.js';
import { type Progress, progress, silent } from '../../console/progress.js';
import { type Environment, environment, readEnvironment } from '../../run/environment.js';
import type { Arm } from '../../studies/arm.js';
import type { Probe, StudyConfig } from '../../studies/config.js';
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

/** A study on its way: what is settled before its trials start. */
interface StudyRun {
  study: Study;
  config: StudyConfig;
  arms: readonly Arm[];
  folder: StudyFolder;
  machine: Environment;
}

/** What a study may be started with. */
export interface StudyChoices {
  study: Study;
  /** null: the study's own. */
  activations: readonly string[] | null;
  data: string | null;
  budget: Budget;
  /** Where the folder of the study is made. */
  out: string;
}

/** Starts a study in a folder of its own under `out`. */
export async function startStudy(
  { study, activations: asked, data, budget, out }: StudyChoices,
  options: StudyOptions,
): Promise<StudyResult> {
  const activations = asked ?? study.activations;
  const folder = new StudyFolder(out, `study-${study.name}`);
  const machine = environment();
  try {
    options.print(`Measuring a step of ${study.name} …`);
    const stepCosts = study.comparesTime
      ? await measureArms(study, uniqueArms(study.arms(activations, {})), { data }, timingLimit(budget))
      : {};
    for (const line of stepCostLines(stepCosts)) options.print(line);
    const arms = study.arms(activations, stepCosts);
    const measured = await probe(study, arms[0], data);
    const scale = scaleOf(study, arms, budget, measured, options.jobs);
    const own = { command: 'study', study: study.name, activations, data } as const;
    const config: StudyConfig = { ...own, budget, scale, stepCosts, probe: measured };
    folder.json('environment.json', machine);
    folder.json('config.json', config);
    return await runStudy({ study, config, arms, folder, machine }, options);
  } catch (error) {
    // Without a trial there is nothing in it to go on with.
    if (!existsSync(join(folder.path, 'config.json'))) rmSync(folder.path, { recursive: true });
    throw error;
  }
}

/**
 * Goes on with the study in a folder. A `budget` larger than the one it was started with extends it: trials that can be continued
 * are.
 */
export async function resumeStudy(path: string, budget: Budget | null, options: StudyOptions): Promise<StudyResult> {
  const folder = StudyFolder.open(path);
  const machine = readEnvironment(folder);
  let config = folder.config();
  const study = studyNamed(config.study);
  const arms = study.arms(config.activations, config.stepCosts);
  if (budget !== null) {
    const scale = scaleOf(study, arms, budget, config.probe, options.jobs);
    if (scale.steps < config.scale.steps || scale.seeds < config.scale.seeds) {
      throw new UsageError(`--budget: the study was started with more (${shareText(study.full, arms, config.scale)})`);
    }
    config = { ...config, budget, scale };
    folder.json('config.json', config);
  }
  return runStudy({ study, config, arms, folder, machine }, options);
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

async function runStudy(run: StudyRun, options: StudyOptions): Promise<StudyResult> {
  const { study, config, arms, folder } = run;
  const expected = expectedTrials(study, arms, config.scale);
  const release = folder.take(2 * expected.length * config.probe.checkpointBytes);
  const bar = options.quiet ? silent : progress(study.name);
  try {
    const seconds = totalTime(expected, config.probe) / 1000 / options.jobs;
    const share = shareText(study.full, arms, config.scale);
    options.print(`${study.title}: ${share}; about ${duration(seconds)} in all\nFolder: ${folder.path}`);
    folder.clearFailures();
    await runTrials(scheduleOf(run, options, totalCost(expected), bar));
    bar.stop();
    return finish(run, options);
  } catch (error) {
    bar.stop();
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(`${folder.path}; 'gelu-lab study --resume ${folder.path}' goes on`);
  } finally {
    release();
  }
}

function scheduleOf(
  { study, arms, config, folder }: StudyRun,
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
      const plan = planTrials(study, arms, config.scale, ended);
      for (const trial of plan) done(trial, shareDone(trial, ended.get(trial.id)));
      return plan.filter((trial) => !isDone(trial, ended.get(trial.id)));
    },
    start: (trial) =>
      fork(WORKER, [folder.prepare(trial, config), ...(debugging ? [DEBUG] : [])], {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      }),
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

function finish({ study, config, arms, folder, machine }: StudyRun, { print }: StudyOptions): StudyResult {
  const results = resultsOf(study, arms, config, machine, folder.ended(), folder.failures());
  folder.json('results.json', results);
  const report = folder.text('report.html', studyReport(results));
  print(`\n${textReport(results)}\nReport: ${report}`);
  return { folder: folder.path, report, results };
}
