import type { Environment } from '../run/environment.js';
import type { Gain, Scale } from './gain.js';
import type { Initialization } from './initialization.js';
import type { Band, Exit, JacobianFlow, LayerFlow, THRESHOLDS } from './measure.js';
import type { Theory } from './theory.js';

/** What `gelu-lab flow` does; all of it is written to config.json. Every combination of the lists is tried. */
export interface FlowConfig {
  command: 'flow';
  seed: number;
  /** How often weights, inputs and gradients are drawn anew. */
  draws: number;
  /** Examples; the inputs are normal with variance 1. */
  batch: number;
  activations: string[];
  depths: number[];
  widths: number[];
  initializations: Initialization[];
  /** Numbers multiply the weights; words set their size for each activation. */
  gains: Gain[];
  residual: boolean[];
  /** Layer norm before each layer's weights. */
  layerNorm: boolean[];
  /** A norm has vanished below the first and exploded above the second. */
  band: Band;
  thresholds: typeof THRESHOLDS;
  histogramBins: readonly number[];
}

/** One stack of the grid: everything that tells it from the others. */
export interface Setting {
  /** As on the command line: 'silu:beta=1.5'. */
  activation: string;
  /** For people: 'SiLU, beta 1.5'. */
  label: string;
  depth: number;
  width: number;
  initialization: Initialization;
  gain: Gain;
  residual: boolean;
  layerNorm: boolean;
  /** 1 … draws. All settings of one draw and width share weights, inputs and the gradient at the top. */
  draw: number;
}

/** What was found in one stack. */
export interface Trial extends Setting {
  /** What the gain comes to. */
  scale: Scale;
  /** What mean-field theory has for the layers. */
  theory: Theory;
  /** From the first layer to the last. */
  layers: LayerFlow[];
  /** At depths 1, 2, 5, 10, … */
  jacobians: JacobianFlow[];
  /** Where the root mean squares, or the singular value, leave the band: from the input on, the gradient from the top on. */
  exits: { activation: Exit | null; gradient: Exit | null; jacobian: Exit | null };
}

/** results.json: numbers that JSON lacks are the strings 'NaN', 'Infinity', '-Infinity'. */
export interface FlowResults {
  /** False if the run was interrupted: then only whole trials are listed. */
  complete: boolean;
  config: FlowConfig;
  environment: Environment;
  trials: Trial[];
}

type OldTrial = Trial & { leaves?: Trial['exits'] };
type OldConfig = FlowConfig & { gain?: number };

/** What a run's results.json holds, also one of an older version. */
export function flowResults(
  json: Omit<FlowResults, 'trials' | 'config'> & { trials: OldTrial[]; config: OldConfig },
): FlowResults {
  const { gain: one = 1, ...config } = json.config;
  const nothing = { activationRms: [], gradientRms: [] };
  const trials = json.trials.map(({ leaves, ...trial }) => ({
    ...trial,
    exits: leaves ?? trial.exits,
    gain: trial.gain ?? one,
    theory: trial.theory ?? nothing,
  }));
  return { ...json, config: { ...config, gains: config.gains ?? [one] }, trials };
}
