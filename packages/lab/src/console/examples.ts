/** The examples that --help shows, by command: a call without `gelu-lab`, and what it does. Tests hold them to the options. */
export const EXAMPLES: Readonly<Record<string, readonly (readonly [call: string, what: string])[]>> = {
  tour: [
    ['tour', 'everything once, in about 2 minutes'],
    ['tour --budget 30s --json', 'less of it, for a script'],
  ],
  accuracy: [
    ['accuracy', 'float64 against double-double at 10 million points'],
    ['accuracy --points 100000 --forms none --json', 'a quick check of the exact form'],
  ],
  plot: [
    ['plot gelu relu silu:beta=1.5', 'functions and derivatives in the terminal'],
    ['plot gelu --derivative 1 --range -3,3 --out gelu.svg', 'one derivative as a file'],
  ],
  compare: [
    ['compare gelu gelu_new relu', 'differences from GELU and facts, in the terminal'],
    ['compare gelu JAX/gelu --dtype float64 --out forms.html', 'a page that loads nothing'],
  ],
  flow: [
    ['flow', 'five activations at depth 50, with and without residual'],
    ['flow --activations gelu,relu --depth 10,100 --init he,orthogonal --layer-norm yes', 'every combination of these'],
    ['flow --config runs/20261124-120000-flow/config.json', 'the same numbers again'],
  ],
  train: [
    ['train gpt --time 15m', 'a small GPT on Moby Dick, as well as it gets in a quarter of an hour'],
    ['train gpt --text novel.txt --activation relu --seed 2', 'on a text of your own, with another activation'],
    ['train --resume runs/20261124-120000-train-gpt', 'go on with a run that was ended'],
  ],
  sample: [
    ['sample runs/20261124-120000-train-gpt --prompt Whale --tokens 300', 'what the trained model writes'],
    ['sample model.safetensors --temperature 0 --json', "the likeliest text, for a script; also GPT-2's own layout"],
  ],
  audit: [
    ['audit ./my-gelu.mjs#gelu --level 1ulp', 'a function of your own; exit code 1 if it does not pass'],
    ['audit model.onnx --json', 'the GELU in an ONNX file, for CI'],
    ['audit tfjs:wasm --level framework', 'that of TensorFlow.js'],
  ],
  study: [
    ['study mnist --budget 30m', 'the MNIST experiment of the paper, as much of it as half an hour allows'],
    ['study gpt --activations gelu,relu --jobs 1', 'two activations, one trial at a time'],
    ['study --resume runs/20260101-120000-study-mnist --budget full', 'go on, up to the whole experiment'],
  ],
  'onnx inspect': [
    ['onnx inspect model.onnx', 'every GELU that the model holds, and how it is written'],
    ['onnx inspect model.onnx --run --json', 'also what ONNX Runtime makes of it, for a script'],
  ],
  'onnx rewrite': [
    ['onnx rewrite model.onnx --to gelu --out new.onnx', 'each of them as one standard operator'],
    [
      'onnx rewrite model.onnx --to accurate --from none --out new.onnx',
      'the exact ones in a form that keeps the tail',
    ],
  ],
  'tfjs inspect': [['tfjs inspect model.json', 'every GELU, SiLU, Mish, HardSwish that the graph holds']],
  'tfjs rewrite': [
    ['tfjs rewrite model.json --out model.gelu.json', 'each of them as one operation of gelu/tfjs'],
    ['tfjs rewrite model.json --activation gelu --out model.gelu.json --json', 'only GELU; for a script'],
  ],
  'onnx bench': [['onnx bench --elements 65536 --repeats 20', 'speed and accuracy before and after']],
  page: [
    ['page', 'gelu-lab-page/index.html, to be opened in a browser'],
    ['page --out public', 'the same in another folder'],
  ],
  evidence: [
    ['evidence runs/20260101-120000-study-mnist', 'takes a study into docs/evidence and writes docs/evidence.md'],
    ['evidence', 'writes the page anew from what was taken in'],
  ],
  docs: [['docs --out pages', 'a page and a plot for every activation']],
  bench: [
    ['bench', 'the tables, in about 3 minutes'],
    ['bench --largest 1 --repeats 3 --json', 'a quick look, for a script'],
  ],
  completion: [
    ['completion bash', 'to be read by: source <(gelu-lab completion bash)'],
    ['completion fish', 'to be read by: gelu-lab completion fish | source'],
  ],
};

/** The examples of a command, to be shown below its options; '' if it has none. */
export function examplesText(path: string): string {
  const examples = EXAMPLES[path] ?? [];
  if (examples.length === 0) return '';
  return `\nEXAMPLES\n${examples.map(([call, what]) => `\n  gelu-lab ${call}\n      ${what}\n`).join('')}`;
}
