import { expect, test } from 'vitest';
import { codeFor, MODELS, whichActivation } from './lookup.js';

test.each([
  ['gelu_new', 'tanh'],
  ['GPT2', 'tanh'],
  ['openai/clip-vit-large-patch14', 'sigmoid'],
  ['{"hidden_act": "gelu", "layers": 12}', 'none'],
  ['{"text_config": {"hidden_activation": "gelu_pytorch_tanh"}}', 'tanh'],
])('%s is GELU, %s', (text, form) => {
  const found = whichActivation(text);
  expect(found.length).toBeGreaterThan(0);
  for (const match of found) expect([match.activation, match.form]).toEqual(['gelu', form]);
});

test('a name that means two things is told twice, an unknown one not at all', () => {
  expect(new Set(whichActivation('gelu').map(({ form }) => form))).toEqual(new Set(['none', 'tanh']));
  expect(whichActivation('nonsuch')).toEqual([]);
  expect(() => whichActivation('{"hidden_act"')).toThrow(/JSON/);
  expect(() => whichActivation('{"a": 1}')).toThrow(/none of hidden_activation/);
  expect(() => whichActivation('{"hidden_act": "nonsuch"}')).toThrow(/no activation that is known/);
});

test('every listed model is known, and every form has code in five frameworks', () => {
  for (const [model] of MODELS) expect(whichActivation(model)).toHaveLength(1);
  for (const form of ['none', 'tanh', 'sigmoid'] as const)
    expect(codeFor({ activation: 'gelu', form, because: '' })).toHaveLength(5);
});
