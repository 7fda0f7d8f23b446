import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLOAT32, GraphBuilder, integer, string } from '../../src/onnx-models/graph-builder.js';
import { PATTERNS } from '../../src/onnx-models/patterns.js';
import { encodeModel } from '../../src/onnx-models/schema.js';

const INT64 = 7;
const HIDDEN = 16;
const WIDE = 32;
const WORDS = '[PAD] [UNK] [CLS] [SEP] [MASK] attention is all you need we trained on the two tasks . ##s a b c'.split(
  ' ',
);

/** What Transformers.js looks for in a model's folder: a BERT of two layers, one with the exact GELU, one with NewGELU. */
export function putTinyBert(folder: string): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'onnx', 'model.onnx'), tinyBert());
  const json = (name: string, content: object): void => writeFileSync(join(folder, name), JSON.stringify(content));
  json('config.json', {
    model_type: 'bert',
    architectures: ['BertModel'],
    hidden_size: HIDDEN,
    intermediate_size: WIDE,
    num_hidden_layers: 2,
    num_attention_heads: 1,
    hidden_act: 'gelu',
    max_position_embeddings: 64,
    type_vocab_size: 2,
    vocab_size: WORDS.length,
  });
  json('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    model_max_length: 64,
    do_lower_case: true,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    mask_token: '[MASK]',
  });
  const special = (name: string) => ({ [name]: { id: name, ids: [WORDS.indexOf(name)], tokens: [name] } });
  json('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: WORDS.slice(0, 5).map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: ['[CLS]', 'A', '[SEP]'].map(templated),
      pair: ['[CLS]', 'A', '[SEP]', 'B', '[SEP]'].map(templated),
      special_tokens: { ...special('[CLS]'), ...special('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  });
}

const templated = (id: string) =>
  id.length === 1 ? { Sequence: { id, type_id: id === 'A' ? 0 : 1 } } : { SpecialToken: { id, type_id: 0 } };

/** An encoder as PyTorch's exporter writes it: its GELUs in erf, and in tanh as Hugging Face writes them. */
export function tinyBert(): Uint8Array {
  const g = new GraphBuilder();
  let seed = 0;
  const weight = (dims: number[], scale = 1 / Math.sqrt(dims[0])): string => {
    const name = `weight_${g.initializer.length}`;
    const size = dims.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length: size }, () => 2 * scale * Math.sin(++seed * seed * 0.37));
    g.initializer.push({ name, dims, dataType: FLOAT32, rawData: new Uint8Array(values.buffer) });
    return name;
  };
  const linear = (x: string, from: number, to: number): string =>
    g.op('Add', [g.op('MatMul', [x, weight([from, to])]), weight([to], 0.1)]);
  const normalized = (x: string): string =>
    g.op('LayerNormalization', [x, weight([HIDDEN], 1), weight([HIDDEN], 0.1)], [integer('axis', -1)]);
  g.initializer.push({
    name: 'axis',
    dims: [1],
    dataType: INT64,
    rawData: new Uint8Array(BigInt64Array.of(1n).buffer),
  });
  const words = g.op('Gather', [weight([WORDS.length, HIDDEN], 1), 'input_ids']);
  const types = g.op('Gather', [weight([2, HIDDEN], 1), 'token_type_ids']);
  let x = normalized(g.op('Add', [words, types]));
  const masked = g.op('Mul', [g.op('Sub', [1, g.cast('attention_mask', FLOAT32)]), -1e4]);
  const mask = g.op('Unsqueeze', [masked, 'axis']);
  for (const start of ['PyTorch: x', 'Hugging Face NewGELU']) {
    const [q, k, v] = [1, 2, 3].map(() => linear(x, HIDDEN, HIDDEN));
    const scores = g.op('Mul', [g.op('Einsum', [q, k], [string('equation', 'bsh,bth->bst')]), 1 / Math.sqrt(HIDDEN)]);
    const attention = g.op('Softmax', [g.op('Add', [scores, mask])], [integer('axis', -1)]);
    x = normalized(g.op('Add', [x, linear(g.op('MatMul', [attention, v]), HIDDEN, HIDDEN)]));
    const gelu = PATTERNS.find(({ name }) => name.startsWith(start));
    const inner = gelu?.build(g, linear(x, HIDDEN, WIDE)) ?? '';
    x = normalized(g.op('Add', [x, linear(inner, WIDE, HIDDEN)]));
  }
  g.op('Identity', [x], [], '', 'last_hidden_state');
  const value = (name: string, elemType: number, dims: (string | number)[]): object => ({
    name,
    type: {
      tensorType: {
        elemType,
        shape: { dim: dims.map((dim) => (typeof dim === 'string' ? { dimParam: dim } : { dimValue: dim })) },
      },
    },
  });
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    graph: {
      name: 'bert',
      node: g.node,
      initializer: g.initializer,
      input: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) =>
        value(name, INT64, ['batch_size', 'sequence_length']),
      ),
      output: [value('last_hidden_state', FLOAT32, ['batch_size', 'sequence_length', HIDDEN])],
    },
  });
}
