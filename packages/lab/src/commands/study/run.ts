import { existsSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Interrupted, UsageError } from '../../console/errors.js';
import { duration } from '../../console/figures.js';
import { type Progress, progress, silent } from '../../console/progress.js';
import { runQueued } from '../../queue/coordinator.js';
import { environment, readEnvironment } from '../../run/environment.js';
import type { Arm } from '../../studies/arm.js';
import type { Probe, StudyConfig } from '../../studies/config.js';
import { StudyFolder } from '../../studies/folder.js';
import { studyNamed } from '../../studies/index.js';
import { expectedTrials, isDone, planTrials, shareDone } from '../../studies/plan.js';
import { studyReport } from '../../studies/report.js';
import { type Results, resultsOf } from '../../studies/results.js';
import { extended, rulesOf } from '../../studies/rules.js';
import { shareText } from '../../studies/share.js';
import { stepCostLines } from '../../studies/text.js';
import type { Budget, Scale, Study, Trial } from '../../studies/types.js';
import { startTrial } from '../../trials/child.js';
import { runTrials, type Work } from '../../trials/scheduler.js';
import { fullScale, scaleFor, totalCost, totalTime } from './budget.js';
import { measureArms, probe } from './probe.js';
import { type Queued, queuedStudy, slotsOf, wasQueued } from './queued.js';
import type { StudyRun } from './study-run.js';
import { textReport } from './text.js';

export interface StudyOptions {
  /** Trials at once; null: as many as the machine has cores, or a queue's workers take. */
  jobs: number | null;
  /** Workers elsewhere run the trials. */
  queue?: Queued;
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
    const scale = scaleOf(study, arms, budget, measured, await jobsOf(options));
    const own = { command: 'study', study: study.name, activations, data } as const;
    const rules = rulesOf(study, arms, scale);
    const config: StudyConfig = { ...own, budget, scale, stepCosts, rules, probe: measured };
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
    const scale = scaleOf(study, arms, budget, config.probe, await jobsOf(options));
    if (scale.steps < config.scale.steps || scale.seeds < config.scale.seeds) {
      throw new UsageError(`--budget: the study was started with more (${shareText(study.full, arms, config.scale)})`);
    }
    const rules = extended(config.rules, rulesOf(study, arms, scale), shareText(study.full, arms, scale));
    config = { ...config, budget, scale, ...(rules && { rules }) };
    folder.json('config.json', config);
  }
  return runStudy({ study, config, arms, folder, machine }, options);
}

async function jobsOf({ jobs, queue }: StudyOptions): Promise<number> {
  return jobs ?? (queue === undefined ? availableParallelism() : await slotsOf(queue));
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
    const seconds = totalTime(expected, config.probe) / 1000 / (await jobsOf(options));
    const share = shareText(study.full, arms, config.scale);
    options.print(`${study.title}: ${share}; about ${duration(seconds)} in all\nFolder: ${folder.path}`);
    folder.clearFailures();
    let workers = '';
    const work = workOf(run, options, totalCost(expected), bar, () => workers);
    if (options.queue !== undefined) {
      const { connection } = options.queue;
      const tell = (text: string): void => {
        bar.pause();
        options.print(text);
      };
      const show = (text: string): void => {
        workers = text;
      };
      await runQueued(work, connection, queuedStudy(run, options.queue, expected.length, tell, show));
    } else {
      if (wasQueued(folder)) options.print('It was in a queue; what is still there is collected with --queue.');
      const start = (trial: Trial): ReturnType<typeof startTrial> => startTrial(folder.prepare(trial, config));
      await runTrials({ ...work, jobs: await jobsOf(options), start });
    }
    bar.stop();
    return finish(run, options);
  } catch (error) {
    bar.stop();
    if (!(error instanceof Interrupted)) throw error;
    const how = options.queue === undefined ? 'goes on' : 'with the queue goes on; its workers do meanwhile';
    throw new Interrupted(`${folder.path}; 'gelu-lab study --resume ${folder.path}' ${how}`);
  } finally {
    release();
  }
}

/** The trials of a study, for whoever runs them; `who` is shown with the progress. */
function workOf(
  { study, arms, config, folder }: StudyRun,
  { print }: StudyOptions,
  expected: number,
  bar: Progress,
  who: () => string,
): Work {
  const ended = folder.ended();
  const spent = new Map<string, number>();
  let total = 0;
  const done = ({ id, cost }: Trial, share: number): void => {
    const before = spent.get(id) ?? 0;
    const now = Math.max(before, share * cost);
    spent.set(id, now);
    total += now - before;
  };
  const show = (label: string): void => bar.update(Math.min(1, total / expected), who() + label);
  return {
    remaining: () => {
      const plan = planTrials(study, arms, config.scale, ended);
      for (const trial of plan) done(trial, shareDone(trial, ended.get(trial.id)));
      return plan.filter((trial) => !isDone(trial, ended.get(trial.id)));
    },
    onStep: (trial, step) => {
      done(trial, step / trial.steps);
      show(`${trial.id} ${Math.round((100 * step) / trial.steps)} %`);
    },
    onEnd: ({ trial, failure }) => {
      const reason = failure ?? (folder.end(trial.id) === undefined ? 'it left no result' : null);
      if (reason !== null) folder.fail(trial.id, reason);
      ended.set(trial.id, folder.end(trial.id)!);
      if (reason === null) {
        show(`${trial.id} done`);
        return;
      }
      bar.pause();
      print(`failed: ${trial.id}: ${reason}`);
    },
  };
}

function finish({ study, config, arms, folder, machine }: StudyRun, { print }: StudyOptions): StudyResult {
  const results = resultsOf(study, arms, config, machine, folder.ended(), folder.failures());
  folder.json('results.json', results);
  const report = folder.text('report.html', studyReport(results));
  print(`\n${textReport(results)}\nReport: ${report}`);
  return { folder: folder.path, report, results };
}
