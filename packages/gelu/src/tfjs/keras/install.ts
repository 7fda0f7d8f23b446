import { GeluRangeError } from '../../shared/errors.js';
import { makeActivation } from './activation.js';
import { activationBase, classesOf, type Entry, type TensorFlow } from './core.js';
import { patchHandlers } from './file.js';
import { LAYERS } from './layers.js';
import { modelNames } from './names.js';
import { ownEntries } from './parameters.js';
import { readActivation, readActivations } from './read.js';
import { spellings } from './spelling.js';

const words = (text: string): readonly string[] => text.split(' ');

/** TensorFlow.js's own activations; they stay what they are where they have no parameters, but for GELU. */
const THEIRS = new Set(
  words('elu selu relu relu6 linear sigmoid hardSigmoid softplus softsign tanh softmax logSoftmax mish swish'),
);
const REPLACED = new Set(['gelu', 'gelu_new']);

/** TensorFlow.js's layers that have activations. */
const WITH_ACTIVATION = new Set(
  words(
    'Dense Activation Conv1D Conv2D Conv3D Conv2DTranspose Conv3DTranspose SeparableConv2D DepthwiseConv2D ' +
      'SimpleRNNCell SimpleRNN GRUCell GRU LSTMCell LSTM ConvLSTM2DCell ConvLSTM2D',
  ),
);

const ALONG = words('softmax logSoftmax sparsemax glu');

interface Registered {
  readonly className: string;
}

const installed = new WeakSet<object>();

/**
 * Makes a copy of TensorFlow.js understand the activations of Keras as Keras means them: in layers that are made by name, in models
 * that are loaded, now or when its layers come.
 */
export function install(tensorflow: TensorFlow, defineLayers: (Base: Entry[0]) => void): void {
  const map = classesOf(tensorflow);
  if (installed.has(map)) return;
  installed.add(map);
  const own = new Set<unknown>();
  const set = (name: string, entry: Entry): void => {
    own.add(entry);
    map[name] = entry;
  };
  const isOwn = (entry: Entry): boolean => own.has(entry);
  const make =
    (name: string): Entry[1] =>
    (_: unknown, config: object = {}) => {
      const written =
        ownEntries(config).length > 0 ? { className: name, config: Object.fromEntries(ownEntries(config)) } : name;
      return makeActivation(tensorflow, name, config, written);
    };

  /** Our entry for a name of TensorFlow.js's, in place of its own. */
  const adapt = (name: string): void => {
    const theirs = map[name];
    if (name === 'Activation') defineLayers(Object.getPrototypeOf(theirs[0]) as Entry[0]);
    if (Object.hasOwn(LAYERS, name)) set(name, LAYERS[name](theirs));
    else if (REPLACED.has(name)) set(name, [activationBase(tensorflow), make(name)]);
    else if (THEIRS.has(name)) {
      const [cls, fromConfig] = theirs;
      set(name, [
        cls,
        (_, config = {}, ...rest) =>
          ownEntries(config).length > 0
            ? (make(name)?.(cls, config) as object)
            : (fromConfig?.(cls, config, ...rest) as object),
      ]);
    } else if (WITH_ACTIVATION.has(name)) {
      const [cls, fromConfig] = theirs;
      set(name, [
        cls,
        (_, config = {}, ...rest) => fromConfig?.(cls, readActivations(tensorflow, config, isOwn), ...rest) as object,
      ]);
    } else own.add(theirs);
  };

  const theirs = new Set([
    ...THEIRS,
    ...REPLACED,
    ...WITH_ACTIVATION,
    ...Object.keys(LAYERS),
    ...words('PReLU ThresholdedReLU Softmax'),
  ]);
  const awaited = new Set([...theirs].filter((name) => !Object.hasOwn(map, name)));
  for (const name of theirs) if (!awaited.has(name)) adapt(name);
  for (const name of [...modelNames(), ...ALONG].flatMap(spellings))
    if (!theirs.has(name) && !Object.hasOwn(map, name)) set(name, [activationBase(tensorflow), make(name)]);
  // Its configuration is a string, which only a constructor gets.
  class KerasFunction {
    constructor(config: unknown) {
      const made = readActivation(tensorflow, { className: 'function', config });
      if (made === undefined)
        throw new GeluRangeError(
          'activation',
          'a function of Keras',
          `'${String(config)}', which is a function of its own`,
        );
      // biome-ignore lint/correctness/noConstructorReturn: what is made is the activation itself
      return made;
    }
  }
  set('function', [KerasFunction, undefined]);

  const { SerializationMap } = tensorflow.serialization;
  const register = SerializationMap.register as (cls: Registered) => void;
  SerializationMap.register = (cls: Registered) => {
    register.call(SerializationMap, cls);
    // The first of that name is TensorFlow.js's, whose layers are loaded just now; a later one is the program's.
    if (awaited.delete(cls.className)) adapt(cls.className);
  };
  patchHandlers(tensorflow);
}
