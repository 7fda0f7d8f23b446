/** What a trial is given: everything that its numbers depend on, written to its config.json. */
export type Settings = Readonly<Record<string, string | number>>;

/** One of the things that a study compares, most often an activation. */
export interface Arm {
  name: string;
  /** Arms are compared within their group only, and the first of a group with each of the others. */
  group: string;
  /** What sets the arm's trials apart from those of the same name in other groups, for the names of their folders. */
  tag?: string;
  /** The choices among which validation data decide (learning rates, dropout), each with all that sets the arm apart. */
  grid: readonly Settings[];
  /** The choice where a small budget leaves none to the data: an index into `grid`. */
  usual: number;
  /** Steps relative to those of the study; default 1. */
  stepsFactor?: number;
  /** What one of its steps costs, relative to one of the study's first arm; default 1. */
  stepCost?: number;
}
