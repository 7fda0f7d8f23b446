import { readFileSync } from 'node:fs';
import { activationNamed } from '../console/activation-spec.js';
import { LabError, UsageError } from '../console/errors.js';
import { listOption, numberOption, numbersOption, wordOption, wordsOption } from '../console/options.js';
import { GAIN_WORDS, type Gain, scaleOf } from './gain.js';
import { INITIALIZATIONS, type Initialization } from './initialization.js';
import { BINS, THRESHOLDS } from './measure.js';
import type { FlowConfig } from './results.js';

/** The options of the command line, as given. */
export type FlowChoices = Record<keyof typeof DEFAULTS, string>;

export const DEFAULTS = {
  activations: 'gelu,relu,elu,silu,tanh',
  depth: '50',
  width: '128',
  init: 'he',
  gain: '1',
  residual: 'no,yes',
  'layer-norm': 'no',
  batch: '128',
  draws: '1',
  band: '1e-6,1e6',
  seed: '1',
} as const;

/** The configuration, checked. @throws UsageError that names the option. */
export function flowConfig(given: FlowChoices): FlowConfig {
  const numbers = (name: keyof FlowChoices, least: number, most: number, whole = true): number[] =>
    numbersOption(name, given[name], least, most, whole);
  const one = (name: keyof FlowChoices, least: number, most: number, whole = true): number =>
    numberOption(name, given[name], least, most, whole);
  const band = numbers('band', 0, Infinity, false);
  if (band.length !== 2 || !(band[0] < 1 && band[1] > 1))
    throw new UsageError(`--band must be two numbers, one below and one above 1, got '${given.band}'`);
  const names = listOption('activations', given.activations).map(activationNamed);
  const initializations = wordsOption('init', given.init, Object.keys(INITIALIZATIONS) as Initialization[]);
  const gains = listOption('gain', given.gain).map(gainOption);
  // What no biases can do is told before anything is measured.
  for (const { bound } of names) for (const gain of gains) scaleOf(gain, initializations[0], bound);
  return {
    command: 'flow',
    seed: one('seed', 0, 2 ** 32 - 1),
    draws: one('draws', 1, 1000),
    batch: one('batch', 4, 4096),
    activations: names.map(({ spec }) => spec),
    depths: numbers('depth', 2, 100),
    widths: numbers('width', 4, 2048),
    initializations,
    gains,
    residual: wordsOption('residual', given.residual, ['no', 'yes']).map((word) => word === 'yes'),
    layerNorm: wordsOption('layer-norm', given['layer-norm'], ['no', 'yes']).map((word) => word === 'yes'),
    band: [band[0], band[1]],
    thresholds: THRESHOLDS,
    histogramBins: BINS,
  };
}

function gainOption(text: string): Gain {
  if (/^[a-z]/i.test(text) && text !== 'Infinity') return wordOption('gain', text, GAIN_WORDS);
  return numberOption('gain', text, Number.MIN_VALUE, 1e6, false);
}

/** The configuration of an earlier run, from its config.json. @throws LabError if the file cannot be read or is none of flow's. */
export function readFlowConfig(path: string): FlowConfig {
  try {
    const config = JSON.parse(readFileSync(path, 'utf8')) as FlowConfig;
    if (config.command !== 'flow') throw new Error("its command is not 'flow'");
    return flowConfig(optionsOf(config));
  } catch (error) {
    throw new LabError(`${path} is not the config.json of a run of flow: ${(error as Error).message}`);
  }
}

/** The command that gives the same numbers again. */
export function commandLine(config: FlowConfig): string {
  const standard = optionsOf(flowConfig(DEFAULTS));
  const options = Object.entries(optionsOf(config)).filter(
    ([name, value]) => standard[name as keyof FlowChoices] !== value,
  );
  return ['npx gelu-lab flow', ...options.map(([name, value]) => `--${name} ${value}`)].join(' ');
}

/** `gain`: of an older version, which had one. */
function optionsOf(config: FlowConfig & { gain?: number }): FlowChoices {
  const yesNo = (values: readonly boolean[]): string => values.map((v) => (v ? 'yes' : 'no')).join(',');
  return {
    activations: config.activations.join(','),
    depth: config.depths.join(','),
    width: config.widths.join(','),
    init: config.initializations.join(','),
    gain: (config.gains ?? [config.gain ?? 1]).join(','),
    residual: yesNo(config.residual),
    'layer-norm': yesNo(config.layerNorm),
    batch: String(config.batch),
    draws: String(config.draws),
    band: config.band.join(','),
    seed: String(config.seed),
  };
}
