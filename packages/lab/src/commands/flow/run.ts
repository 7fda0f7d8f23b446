import { MeanField } from 'gelu/numerics';
import { activationNamed } from '../../console/activation-spec.js';
import { Interrupted } from '../../console/errors.js';
import { type Interruption, interruptible } from '../../console/interrupt.js';
import { progress } from '../../console/progress.js';
import { factorOf, scaleOf } from '../../flow/gain.js';
import { drawBiases, drawWeights } from '../../flow/initialization.js';
import { exitOf, measureJacobians, measureLayers, someDepths } from '../../flow/measure.js';
import type { FlowConfig, FlowResults, Setting, Trial } from '../../flow/results.js';
import { Stack } from '../../flow/stack.js';
import { predict } from '../../flow/theory.js';
import { random } from '../../numbers/random.js';
import { environment } from '../../run/environment.js';
import { toJson } from '../../run/json.js';
import { RunFolder } from '../../run/run-folder.js';
import { flowReport } from './report.js';

export interface FlowOptions {
  /** The folder in which the folder of the run is made. */
  out: string;
  print(text: string): void;
}

/**
 * Measures every stack of the grid and writes config.json, environment.json, metrics.jsonl (one line a layer), log.txt,
 * results.json and report.html. The same configuration gives the same numbers.
 * @throws Interrupted after SIGINT; what was measured so far is then in the folder.
 */
export async function runFlow(
  config: FlowConfig,
  { out, print }: FlowOptions,
): Promise<FlowResults & { folder: string; report: string }> {
  const folder = new RunFolder(out, 'flow');
  const interruption = interruptible();
  const bar = progress('flow');
  const settings = grid(config);
  let report = '';
  const results: FlowResults = { complete: false, config, environment: environment(), trials: [] };
  folder.json('config.json', config);
  folder.json('environment.json', results.environment);
  try {
    for (const [i, setting] of settings.entries()) {
      const name = `${setting.label}, ${i + 1} of ${settings.length}`;
      const trial = await measure(setting, config, interruption, (f) => bar.update((i + f) / settings.length, name));
      results.trials.push(trial);
      record(folder, trial);
    }
    results.complete = true;
  } catch (error) {
    throw error instanceof Interrupted ? new Interrupted(folder.path) : error;
  } finally {
    bar.stop();
    interruption.release();
    folder.text('results.json', `${toJson(results)}\n`);
    if (results.trials.length > 0) {
      report = folder.text('report.html', flowReport(results));
      print(`Report: ${report}`);
    }
  }
  return { ...results, folder: folder.path, report };
}

function grid(config: FlowConfig): Setting[] {
  const { activations, depths, widths, initializations, gains, residual, layerNorm, draws } = config;
  let settings: Partial<Setting>[] = [{}];
  const vary = <K extends keyof Setting>(key: K, values: readonly Setting[K][]): void => {
    settings = settings.flatMap((setting) => values.map((value) => ({ ...setting, [key]: value })));
  };
  vary(
    'draw',
    Array.from({ length: draws }, (_, i) => i + 1),
  );
  vary('initialization', initializations);
  vary('gain', gains);
  vary('width', widths);
  vary('depth', depths);
  vary('layerNorm', layerNorm);
  vary('residual', residual);
  vary('activation', activations);
  return settings.map(({ activation = '', ...setting }) => {
    const { label } = activationNamed(activation);
    return { activation, label, ...setting } as Setting;
  });
}

async function measure(
  setting: Setting,
  config: FlowConfig,
  interruption: Interruption,
  update: (fraction: number) => void,
): Promise<Trial> {
  const { depth, width, initialization, draw } = setting;
  const source = (use: string) => random(config.seed, `flow ${use} ${draw}`);
  const activation = activationNamed(setting.activation);
  const scale = scaleOf(setting.gain, initialization, activation.bound);
  const factor = factorOf(scale, initialization);
  const weights = drawWeights(initialization, depth, width, factor, source(`weights ${width}`));
  const biases = drawBiases(depth, width, scale.biasStd, source(`biases ${width}`));
  const { residual, layerNorm: normalize } = setting;
  const stack = new Stack({ width, weights, biases, activation, residual, normalize });
  const { normal } = source(`inputs ${width}`);
  const x = Float64Array.from({ length: config.batch * width }, () => scale.inputStd * normal());
  const finish = async <T>(steps: Generator<number, T>, from: number): Promise<T> => {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value as T;
      update(from + (value as number) / 2);
      await interruption.check();
    }
  };
  const layers = await finish(measureLayers(stack, x, source(`gradient ${width}`)), 0);
  const jacobians = await finish(measureJacobians(stack, someDepths(depth), source(`tangents ${width}`)), 0.5);
  const series = (key: 'activationRms' | 'gradientRms') => layers.map((l) => ({ depth: l.depth, value: l[key] }));
  return {
    ...setting,
    scale,
    theory: predict(new MeanField(activation.bound), scale, setting),
    layers,
    jacobians,
    exits: {
      activation: exitOf(series('activationRms'), config.band),
      gradient: exitOf(series('gradientRms').reverse(), config.band),
      jacobian: exitOf(
        jacobians.map((j) => ({ depth: j.depth, value: j.largestSingularValue })),
        config.band,
      ),
    },
  };
}

/** One line a layer into the metrics and into the log, and one for the whole. */
function record(folder: RunFolder, { layers, jacobians, exits, theory, scale, ...setting }: Trial): void {
  const { label, ...key } = setting;
  const words = (values: object): string =>
    Object.entries(values)
      .map(([name, v]) => `${name}=${v}`)
      .join(' ');
  for (const { activationHistogram, gradientHistogram, ...layer } of layers) {
    folder.metric({ kind: 'layer', ...key, layers: key.depth, ...layer, activationHistogram, gradientHistogram });
    const short = Object.entries(layer).map(([name, v]) => [name, Number(v.toPrecision(4))]);
    const { depth, ...rest } = Object.fromEntries(short);
    folder.log(`layer ${words({ ...key, layer: depth, ...rest })}`);
  }
  for (const jacobian of jacobians) folder.metric({ kind: 'jacobian', ...key, layers: key.depth, ...jacobian });
  folder.metric({ kind: 'trial', ...key, scale, theory, exits });
  const where = Object.entries(exits).map(([what, v]) => [what, v === null ? 'stays' : `${v.how}@${v.depth}`]);
  folder.log(`trial ${words(key)} ${words(Object.fromEntries(where))}`);
}
