import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { gelu } from '../activations/gelu/definition.js';
import { activations } from '../activations/index.js';
import type { Alias } from '../activations/model/activation.js';
import { namedTarget } from '../functions/named.js';
import { apply } from './ops.js';
import { layers, tf } from './peers.js';

/**
 * Registers activations by name, for layers that are made with `activation: 'gelu'` and models that are loaded: GELU under
 * all names it has in Keras, TensorFlow and Hugging Face, in place of what TensorFlow.js has there; of the family what Keras
 * has and TensorFlow.js has not.
 */
export function registerNames(): void {
  const known = tf.serialization.SerializationMap.getMap().classNameMap;
  for (const definition of activations)
    for (const alias of definition.aliases) {
      if (definition === gelu ? !isGelu(alias) : alias.source !== 'Keras' || !layers.exports) continue;
      const target = () => namedTarget(definition.name, alias.parameters);
      for (const name of new Set([alias.name, camelCase(alias.name)]))
        if (definition === gelu || !(name in known)) tf.serialization.registerClass(activationClass(name, target));
    }
}

/** Function names of those whose 'gelu' is the exact one. */
function isGelu({ name, source }: Alias): boolean {
  return /^[a-z]/.test(name) && source !== 'JAX' && source !== 'ONNX';
}

/** A model's JSON says 'quick_gelu', but TensorFlow.js looks for 'quickGelu' when it loads it. */
function camelCase(name: string): string {
  return name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function activationClass(
  name: string,
  target: () => ReturnType<typeof namedTarget>,
): serialization.SerializableConstructor<serialization.Serializable> {
  return class extends tf.serialization.Serializable {
    static readonly className = name;
    apply(x: Tensor): Tensor {
      return apply(x, target());
    }
    getConfig(): serialization.ConfigDict {
      return {};
    }
  };
}
