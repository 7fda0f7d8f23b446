import { GeluTypeError } from '../../shared/errors.js';
import { isAlong, makeActivation, type Written } from './activation.js';
import { classesOf, type Entry, type TensorFlow } from './core.js';
import { meaningOf } from './names.js';
import { ownEntries } from './parameters.js';

/** What stands in a layer's configuration where its activation is an object. */
interface Described {
  readonly className: string;
  readonly config?: unknown;
  readonly registeredName?: string | null;
}

/** The entries of configurations that hold activations. */
const KEYS = ['activation', 'recurrentActivation'];

/**
 * A layer's configuration with the activations that are objects made: a function of another module ({ className: 'function' }), a
 * layer as an activation, a function with parameters. What is not known here is left to TensorFlow.js. `isOwn` tells the
 * classes that are TensorFlow.js's or this library's: those of a program's own are left to it.
 */
export function readActivations(tensorflow: TensorFlow, config: object, isOwn: (entry: Entry) => boolean): object {
  const made = KEYS.flatMap((key) => {
    const value = (config as Record<string, unknown>)[key];
    if (value === null || typeof value !== 'object' || !('className' in value)) return [];
    const written = value as Described;
    const entry = classesOf(tensorflow)[written.className];
    return entry === undefined || isOwn(entry) ? [[key, readActivation(tensorflow, written) ?? value]] : [];
  });
  return made.length === 0 ? config : { ...config, ...Object.fromEntries(made) };
}

/** An activation that is an object; undefined if it is none of those that are known. */
export function readActivation(tensorflow: TensorFlow, written: Described): object | undefined {
  const { className, config } = written;
  if (className === 'function') return typeof config === 'string' ? named(tensorflow, config, {}, config) : undefined;
  const given = (config ?? {}) as { activation?: unknown };
  if (className === 'Activation') {
    const inner = given.activation;
    if (typeof inner === 'string') return named(tensorflow, inner, {}, inner);
    return inner !== null && typeof inner === 'object' ? readActivation(tensorflow, inner as Described) : undefined;
  }
  if (className === 'PReLU')
    throw new GeluTypeError(
      'activation',
      'without weights of its own: make PReLU a layer after this one',
      'an object of PReLU',
    );
  // Where there are no parameters, the name says all.
  const whole = ownEntries(given).length > 0 ? (written as Written) : className;
  return named(tensorflow, className, given, whole);
}

function named(tensorflow: TensorFlow, name: string, config: object, written: Written): object | undefined {
  if (!isKnown(name)) return undefined;
  return makeActivation(tensorflow, name, config, written);
}

function isKnown(name: string): boolean {
  if (isAlong(name)) return true;
  try {
    meaningOf(name);
    return true;
  } catch {
    return false;
  }
}
