import { type AdamWOptions, adamW } from './adam.js';
import { type NesterovOptions, nesterov } from './nesterov.js';
import type { Optimizer } from './optimizer.js';

/** Adam is AdamW with weightDecay 0, its default. */
export type OptimizerConfig = ({ name: 'adamw' } & AdamWOptions) | ({ name: 'nesterov' } & NesterovOptions);

export function optimizer(config: OptimizerConfig): Optimizer {
  return config.name === 'adamw' ? adamW(config) : nesterov(config);
}
