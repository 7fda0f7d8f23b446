import { activation, activations, type Source } from 'gelu';

export type Form = 'none' | 'tanh' | 'sigmoid';

/** A form that a name, a model or a configuration stands for. */
export interface Match {
  activation: string;
  form?: Form | undefined;
  /** Why: whose name it is, or the line of the configuration. */
  because: string;
}

/**
 * The published configurations of some models: the line that names the activation, in Hugging Face's words. Each was read, in November
 * 2026, as Transformers prints the published config.json in public repositories; a class's default proves nothing.
 */
export const MODELS: readonly (readonly [model: string, line: string])[] = [
  ['bert-base-uncased', '"hidden_act": "gelu"'],
  ['roberta-base', '"hidden_act": "gelu"'],
  ['distilbert-base-uncased', '"activation": "gelu"'],
  ['gpt2', '"activation_function": "gelu_new"'],
  ['facebook/bart-base', '"activation_function": "gelu"'],
  ['google/vit-base-patch16-224', '"hidden_act": "gelu"'],
  ['openai/clip-vit-large-patch14', '"hidden_act": "quick_gelu"'],
  ['EleutherAI/gpt-neo-125M', '"activation_function": "gelu_new"'],
  ['EleutherAI/pythia-6.9b-deduped', '"hidden_act": "gelu"'],
  ['microsoft/phi-2', '"hidden_act": "gelu_new"'],
  ['mistralai/Mistral-7B-v0.1', '"hidden_act": "silu"'],
];

/** Where a model's configuration is published. */
export const configAddress = (model: string): string => `https://huggingface.co/${model}/blob/main/config.json`;

const KEYS = [
  'hidden_activation',
  'hidden_act',
  'activation_function',
  'activation',
  'dense_act_fn',
  'hidden_size_act',
];

function named(name: string, source?: Source): Match | undefined {
  try {
    const { definition, parameters } = activation(name, {}, source);
    const form = parameters.approximate as Form | undefined;
    return { activation: definition.name, form, because: '' };
  } catch {
    return undefined;
  }
}

/** The entries of a configuration that name an activation, also within other entries. */
function entriesOf(value: unknown, path: string): [string, string][] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const here = path === '' ? key : `${path}.${key}`;
    if (KEYS.includes(key) && typeof inner === 'string') return [[here, inner]];
    if (key === 'feed_forward_proj' && typeof inner === 'string')
      return [[here, inner === 'gated-gelu' ? 'gelu_new' : inner.replace(/^gated-/, '')]];
    return entriesOf(inner, here);
  });
}

/** What a name, a model's name or a config.json means; nothing if it is unknown. @throws Error for damaged JSON. */
export function whichActivation(text: string): Match[] {
  const given = text.trim();
  if (given === '') return [];
  if (given.startsWith('{')) {
    let config: unknown;
    try {
      config = JSON.parse(given);
    } catch {
      throw new Error('This begins like a config.json and is no JSON.');
    }
    const entries = entriesOf(config, '');
    if (entries.length === 0) throw new Error(`The configuration has none of ${KEYS.join(', ')}.`);
    return entries.flatMap(([path, name]) => {
      const match = named(name, 'Hugging Face') ?? named(name);
      if (!match) throw new Error(`${path} is '${name}', which is no activation that is known here.`);
      return [{ ...match, because: `"${path}": "${name}", as Hugging Face means it` }];
    });
  }
  const lower = given.toLowerCase();
  const model = MODELS.filter(([name]) => name.toLowerCase() === lower || name.toLowerCase().split('/')[1] === lower);
  const models = model.flatMap(([name, line]) => {
    const match = named(line.split('"')[3], 'Hugging Face');
    return match ? [{ ...match, because: `the configuration of ${name} says ${line}` }] : [];
  });
  if (models.length > 0) return models;
  const aliases = activations.flatMap((definition) =>
    definition.aliases
      .filter(({ name }) => name.toLowerCase() === lower)
      .map(({ name, source, parameters }): Match => {
        const form = parameters?.approximate ?? (definition.name === 'gelu' ? 'none' : undefined);
        return {
          activation: definition.name,
          form: form as Form | undefined,
          because: `${source} means this by ${name}`,
        };
      }),
  );
  if (aliases.length > 0) return aliases;
  const match = named(given);
  return match ? [{ ...match, because: `the name ${given}` }] : [];
}

/** The same function in five frameworks. */
export function codeFor({ activation: name, form }: Match): [framework: string, code: string][] {
  if (name !== 'gelu') {
    const { definition } = activation(name);
    return [
      [
        'This library',
        `import { ${definition.layer}, activationFunction } from 'gelu';\n\nconst f = activationFunction('${name}');`,
      ],
    ];
  }
  const at = form ?? 'none';
  return {
    none: [
      ['This library', "import { GELU, gelu } from 'gelu';\n\ngelu(x);           // new GELU()"],
      ['PyTorch', 'torch.nn.GELU()'],
      ['Keras', 'keras.activations.gelu(x)'],
      ['JAX', 'jax.nn.gelu(x, approximate=False)'],
      ['ONNX', 'Gelu (opset 20), approximate = "none"'],
    ],
    tanh: [
      ['This library', "import { gelu } from 'gelu';\n\ngelu(x, { approximate: 'tanh' });"],
      ['PyTorch', "torch.nn.GELU(approximate='tanh')"],
      ['Keras', 'keras.activations.gelu(x, approximate=True)'],
      ['JAX', 'jax.nn.gelu(x)'],
      ['ONNX', 'Gelu (opset 20), approximate = "tanh"'],
    ],
    sigmoid: [
      ['This library', "import { gelu } from 'gelu';\n\ngelu(x, { approximate: 'sigmoid' });"],
      ['PyTorch', 'x * torch.sigmoid(1.702 * x)'],
      ['Keras', 'x * keras.activations.sigmoid(1.702 * x)'],
      ['JAX', 'x * jax.nn.sigmoid(1.702 * x)'],
      ['ONNX', 'com.microsoft.QuickGelu, alpha = 1.702'],
    ],
  }[at] as [string, string][];
}
