/** Other implementations of GELU beside this one: how accurate and how fast they are, measured live. */
export { type AccuracyOptions, measureAccuracy } from './accuracy.js';
export { formatAccuracy, formatSpeed } from './format.js';
export { measureSpeed, type SpeedOptions } from './speed.js';
export type { AccuracyResult, Measured, Missing, OnProgress, SpeedResult } from './types.js';
