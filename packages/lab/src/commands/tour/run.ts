import { Interrupted } from '../../console/errors.js';
import { type Interruption, interruptible } from '../../console/interrupt.js';
import { type Progress, progress, silent } from '../../console/progress.js';
import { loadMnist } from '../../data/mnist.js';
import {
  formatAccuracy,
  formatSpeed,
  type Measured,
  measureAccuracy,
  measureSpeed,
} from '../../implementations/index.js';
import { environment } from '../../run/environment.js';
import { RunFolder } from '../../run/run-folder.js';
import { compareActivations } from './compare.js';
import { commandLine, share, type TourConfig } from './config.js';
import { example } from './example.js';
import { type TourFindings, tourReport } from './report.js';
import type { TrainingResult } from './results.js';
import { summary } from './summary.js';
import { formatTraining } from './table.js';

export interface TourOptions {
  /** The folder in which the run's folder is made. */
  out: string;
  /** Takes the text of the tour, piece by piece. */
  print: (text: string) => void;
  /** Shows no progress. */
  quiet?: boolean;
}

export interface TourResult extends TourFindings {
  /** The folder of the run and the report in it. */
  folder: string;
  report: string;
}

/** Seconds kept back for the last evaluation and the report. */
const RESERVE = 7;

/** The example, accuracy, speed and training on real data, each printed and all of it written into a run's folder. */
export async function runTour(config: TourConfig, { out, print, quiet = false }: TourOptions): Promise<TourResult> {
  const start = performance.now();
  const folder = new RunFolder(out, 'tour');
  const interruption = interruptible();
  const stage = (name: string): Progress => (quiet ? silent : progress(name));
  try {
    const machine = environment();
    folder.json('config.json', config);
    folder.json('environment.json', machine);
    const ours = example().text;
    print(`${ours}\n`);

    const accuracy = await during(stage('accuracy'), interruption, (onProgress) =>
      measureAccuracy({ points: config.accuracy.points, seed: config.seed, onProgress }),
    );
    for (const result of accuracy.results) folder.metric({ kind: 'accuracy', ...result });
    print(`Accuracy at ${config.accuracy.points} float32 inputs, each against the float64 definition of its form`);
    print(`${formatAccuracy(accuracy.results)}\n${notes(accuracy)}`);

    const speed = await during(stage('speed'), interruption, (onProgress) =>
      measureSpeed({ ...config.speed, onProgress }),
    );
    for (const result of speed.results) folder.metric({ kind: 'speed', ...result });
    print(`Speed on one thread, ${config.speed.elements} float32 elements`);
    print(`${formatSpeed(speed.results)}\n${notes(speed)}`);

    const left = config.budget - RESERVE - (performance.now() - start) / 1000;
    const training = await train(
      config,
      Math.max(left, config.budget * 0.4),
      folder,
      print,
      stage('training'),
      interruption,
    );
    print(`${formatTraining(training)}\n`);

    folder.json('config.json', config);
    const found: TourFindings = { config, environment: machine, example: ours, accuracy, speed, training };
    const report = folder.text('report.html', tourReport(found));
    print(summary(found, report, commandLine(config)));
    return { ...found, folder: folder.path, report };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(folder.path);
  } finally {
    interruption.release();
  }
}

/** Trains, and settles `config.training.steps`. */
async function train(
  config: TourConfig,
  seconds: number,
  folder: RunFolder,
  print: TourOptions['print'],
  bar: Progress,
  { check }: Interruption,
): Promise<TrainingResult[]> {
  const { training, seed } = config;
  const { network, batch } = training;
  const say = (text: string): void => {
    bar.pause();
    print(text);
  };
  print(
    `Training ${network.inputs}-${network.hidden}×${network.width}-${network.classes} on MNIST, Adam, batch ${batch}`,
  );
  let planned = 0;
  try {
    const results = await compareActivations(loadMnist(), {
      ...training,
      seed,
      length: training.steps === null ? { seconds } : { steps: training.steps },
      onPlan: (steps) => {
        planned = steps;
        say(share({ ...training, steps }));
      },
      onStep: ({ ms, loss, gradientNorms, ...step }) =>
        folder.metric({
          kind: 'step',
          ...step,
          loss: short(loss),
          gradientNorms: gradientNorms.map(short),
          ms: short(ms),
        }),
      onEvaluation: (evaluation) => folder.metric({ kind: 'evaluation', ...evaluation }),
      onProgress: (fraction, label) => bar.update(fraction, label),
      check,
    });
    training.steps = Math.max(...results.map(({ steps }) => steps));
    if (training.steps < planned) say(`ended early, the machine has become slower: ${share(training)}`);
    for (const { curve, ...result } of results) folder.metric({ kind: 'result', ...result });
    return results;
  } finally {
    bar.stop();
  }
}

async function during<T>(
  bar: Progress,
  interruption: Interruption,
  work: (onProgress: (fraction: number, label: string) => void) => Promise<T>,
): Promise<T> {
  try {
    await interruption.check();
    const result = await work((fraction, label) => {
      interruption.checkNow();
      bar.update(fraction, label);
    });
    await interruption.check();
    return result;
  } finally {
    bar.stop();
  }
}

function notes({ missing }: Measured<unknown>): string {
  return missing.map(({ implementation, reason }) => `not measured: ${implementation} (${reason})\n`).join('');
}

/** Nine digits tell one float32 from every other. */
function short(value: number): number {
  return Number(value.toPrecision(9));
}
