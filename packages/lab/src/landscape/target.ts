import type { Format, Numbers } from './format.js';
import type { FunctionName } from './functions.js';

/** 0: the function; 1, 2: its derivatives. */
export type Order = 0 | 1 | 2;
export const ORDERS: readonly Order[] = [0, 1, 2];

/** A runtime, loaded and ready, with the activations that it has. */
export interface Target {
  /** For people: 'TensorFlow.js, WebAssembly'. */
  readonly title: string;
  /** What it was made of: packages, engines, adapters. */
  readonly versions: Readonly<Record<string, string>>;
  readonly format: Format;
  /** The most derivatives that it gives. */
  readonly orders: Order;
  /** How each function is called there. */
  readonly calls: Readonly<Partial<Record<FunctionName, string>>>;
  /** The function or a derivative at each of x. Throws where it cannot. */
  evaluate(name: FunctionName, x: Numbers, order: Order): Promise<Numbers>;
  /** False where another process or a page computes, so that times would be those of the messages. */
  readonly timed?: boolean;
  close?(): Promise<void>;
}

/** Loads a target. Throws if what it needs is not there. */
export type Loader = () => Promise<Target>;
