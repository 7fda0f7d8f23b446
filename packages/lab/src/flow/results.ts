import type { Environment } from '../run/environment.js';
import type { Initialization } from './initialization.js';
import type { Band, Exit, JacobianFlow, LayerFlow, THRESHOLDS } from './measure.js';

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
  /** The weights are multiplied by this. */
  gain: number;
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
  residual: boolean;
  layerNorm: boolean;
  /** 1 … draws. All settings of one draw and width share weights, inputs and the gradient at the top. */
  draw: number;
}

/** What was found in one stack. */
export interface Trial extends Setting {
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

/** What a run's results.json holds, also one of an older version. */
export function flowResults(json: Omit<FlowResults, 'trials'> & { trials: OldTrial[] }): FlowResults {
  const trials = json.trials.map(({ leaves, ...trial }) =>
    leaves === undefined ? trial : { ...trial, exits: leaves },
  );
  return { ...json, trials };
}
