/** TensorFlow.js, as it is installed beside this library: the same copy that the application uses. */
import { required } from '../shared/peer-dependencies.js';

/** What a package exports; where it cannot be loaded, why. */
type Optional<T> =
  | { readonly exports: T; readonly cause?: never }
  | { readonly exports?: never; readonly cause: unknown };

async function optional<T>(load: () => Promise<T>): Promise<Optional<T>> {
  try {
    return { exports: await load() };
  } catch (cause) {
    return { cause };
  }
}

export const tf: typeof import('@tensorflow/tfjs-core') = await required(
  'gelu/tfjs',
  '@tensorflow/tfjs-core',
  () => import('@tensorflow/tfjs-core'),
);

/** Loaded before anything is registered here: whoever registers a name last has it. */
export const layers: Optional<typeof import('@tensorflow/tfjs-layers')> = await optional(
  () => import('@tensorflow/tfjs-layers'),
);
