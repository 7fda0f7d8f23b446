import { GeluRangeError } from '../../shared/errors.js';
import { rootBetween } from '../formulas/bisect.js';
import { gateFacts, gateShape, type Landmarks } from '../formulas/gate.js';
import type { Activation } from '../model/activation.js';
import { choice, extra, positive, real } from '../model/parameters.js';
import { APPROXIMATE, APPROXIMATE_WORDS, type Approximate } from './approximate.js';
import { evaluate, type Form, scalarFunction } from './forms.js';
import { BY_MEAN, BY_STD, normalForm } from './normal-form.js';

interface Values {
  readonly [name: string]: number | string;
  readonly approximate: Approximate;
  readonly mean: number;
  readonly std: number;
}

const LANDMARKS: { readonly [form in Approximate]: Landmarks } = {
  none: { x: -0.7517915246935645, value: -0.16997120747990366, lipschitz: 1.1289041451851547 },
  tanh: { x: -0.7524614220710163, value: -0.17004075057125406, lipschitz: 1.1289930686587717 },
  sigmoid: { x: -0.751154255441289, value: -0.16361018963635357, lipschitz: 1.099839320128867 },
};

/** The minimum and the steepest slope: known for mean 0, else between the two roots of w·z = 2, x·(x − mean) = 2·std². */
function landmarks({ approximate, mean, std }: Form): Landmarks {
  const { x, value, lipschitz } = LANDMARKS[approximate];
  if (mean === 0) return { x: x * std, value: value * std, lipschitz };
  const f = scalarFunction({ approximate, mean, std }, 1);
  const half = mean / 2;
  const size = Math.max(Math.abs(half), std);
  const reach = size * Math.sqrt((half / size) ** 2 + 2 * (std / size) ** 2);
  const left = half > 0 ? -2 * std * (std / (half + reach)) : half - reach;
  const right = half > 0 ? half + reach : 2 * std * (std / (reach - half));
  const root = rootBetween(f, left, right);
  return {
    x: root,
    value: evaluate({ approximate, mean, std }, 0, root),
    lipschitz: Math.max(1, Math.abs(f(left)), Math.abs(f(right))),
  };
}

/** x·P(X ≤ x), X ~ N(mean, std²): x·Φ(x) for mean 0 and std 1; with 'tanh' and 'sigmoid' the paper's approximations. */
export const gelu: Activation<Values> = {
  name: 'gelu',
  layer: 'GELU',
  aliases: [
    { name: 'gelu', source: 'Hugging Face' },
    { name: 'gelu_python', source: 'Hugging Face' },
    { name: 'GELUActivation', source: 'Hugging Face' },
    { name: 'gelu_new', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'gelu_fast', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'gelu_accurate', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'gelu_pytorch_tanh', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'gelu_python_tanh', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'NewGELU', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'NewGELUActivation', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'FastGELUActivation', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'AccurateGELUActivation', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'PytorchGELUTanh', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'GELUTanh', source: 'Hugging Face', parameters: { approximate: 'tanh' } },
    { name: 'quick_gelu', source: 'Hugging Face', parameters: { approximate: 'sigmoid' } },
    { name: 'QuickGELUActivation', source: 'Hugging Face', parameters: { approximate: 'sigmoid' } },
    { name: 'gelu', source: 'Keras' },
    { name: 'gelu', source: 'TensorFlow' },
    { name: 'gelu_new', source: 'TensorFlow', parameters: { approximate: 'tanh' } },
    { name: 'gelu', source: 'JAX', parameters: { approximate: 'tanh' } },
    { name: 'Gelu', source: 'ONNX' },
    { name: 'FastGelu', source: 'ONNX', parameters: { approximate: 'tanh' } },
    { name: 'QuickGelu', source: 'ONNX', parameters: { approximate: 'sigmoid' } },
    { name: 'gelu', source: 'MLX' },
    { name: 'gelu_approx', source: 'MLX', parameters: { approximate: 'tanh' } },
    { name: 'gelu_fast_approx', source: 'MLX', parameters: { approximate: 'sigmoid' } },
    { name: 'gelu', source: 'ggml', parameters: { approximate: 'tanh' } },
    { name: 'gelu_erf', source: 'ggml' },
    { name: 'gelu_quick', source: 'ggml', parameters: { approximate: 'sigmoid' } },
    { name: 'gelu', source: 'diffusers' },
    { name: 'gelu-approximate', source: 'diffusers', parameters: { approximate: 'tanh' } },
    { name: 'geglu-approximate', source: 'diffusers', parameters: { approximate: 'sigmoid' } },
    { name: 'ApproximateGELU', source: 'diffusers', parameters: { approximate: 'sigmoid' } },
    { name: 'gelu', source: 'timm' },
    { name: 'gelu_tanh', source: 'timm', parameters: { approximate: 'tanh' } },
    { name: 'quick_gelu', source: 'timm', parameters: { approximate: 'sigmoid' } },
    { name: 'gelu', source: 'Megatron' },
    { name: 'openai_gelu', source: 'Megatron', parameters: { approximate: 'tanh' } },
    { name: 'fast_gelu', source: 'Megatron', parameters: { approximate: 'tanh' } },
    { name: 'quick_gelu', source: 'Megatron', parameters: { approximate: 'sigmoid' } },
  ],
  formula: 'x·Φ((x − mean)/std); tanh: ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))); sigmoid: x·σ(1.702·x)',
  gated: { name: 'geglu', layer: 'GEGLU' },
  parameters: {
    approximate: choice(
      APPROXIMATE,
      'the exact function or one of the two approximations of the paper',
      APPROXIMATE_WORDS,
    ),
    mean: extra(real(0, "the mean of the normal distribution; for 'none'")),
    std: extra(positive(1, "its standard deviation; for 'none'")),
  },
  check({ approximate, mean, std }) {
    if (approximate === 'none' || (mean === 0 && std === 1)) return;
    const [name, value] = mean !== 0 ? ['mean', mean] : ['std', std];
    const expected = `${mean !== 0 ? 0 : 1} with approximate '${approximate}': only 'none' has a general form`;
    throw new GeluRangeError(name, expected, String(value));
  },
  trained: [
    { parameter: 'mean', gradient: ({ mean, std }, x) => normalForm(x, mean, std, BY_MEAN, false) },
    { parameter: 'std', gradient: ({ mean, std }, x) => normalForm(x, mean, std, BY_STD, false) },
  ],
  evaluator: (form) => (order, x, precise) => evaluate(form, order, x, precise),
  shape: (form) => gateShape(landmarks(form)),
  facts: (form) => gateFacts(landmarks(form)),
  origin: {
    year: 2016,
    paper: {
      title: 'Gaussian Error Linear Units (GELUs)',
      authors: 'Hendrycks, Gimpel',
      url: 'https://arxiv.org/abs/1606.08415',
    },
    usedBy: ['BERT', 'GPT-2', 'GPT-3', 'ViT', 'Whisper', 'CLIP (sigmoid form)', 'Gemma (GEGLU)'],
  },
  notes: [
    "jax.nn.gelu and ggml's gelu are the tanh form unless told otherwise.",
    "MLX's gelu_approx was x·σ(1.60033·x·(1 + 0.0433603·x²)) before 2024, another function by up to 3e-4.",
    "'geglu-approximate' of diffusers is no gated unit: it is x·σ(1.702·x).",
  ],
};
