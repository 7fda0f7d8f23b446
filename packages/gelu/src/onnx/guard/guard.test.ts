import { expect, test } from 'vitest';
import { CONSTANTS, erfGelu, graph, graphValue, model, node } from '../../../test/support/onnx-model.js';
import { rewriteOnnx } from '../index.js';
import { requireInput } from '../read/input.js';
import { readModel } from '../read/model.js';
import { checkRewritten } from './guard.js';
import { operatorProblem } from './operators.js';

const parts = { constants: CONSTANTS, opsets: { '': 20 } };
const neg = node('Neg', ['h'], 'y');
const before = model({ ...parts, nodes: [...erfGelu('x', 'h'), neg] });
const problems = (after: Uint8Array): string[] =>
  checkRewritten(readModel(requireInput(before)), requireInput(after)).map(
    ({ value, reason }) => `${value}: ${reason}`,
  );

test('what a rewrite does is right', () => {
  for (const to of ['gelu', 'microsoft', 'accurate', 'decomposed'] as const)
    expect(problems(rewriteOnnx(before, { to }).bytes())).toEqual([]);
});

test.each<[string, Uint8Array[], RegExp]>([
  ['another dtype', [node('Cast', ['x'], 'h', { to: 10 }), neg], /h: 'h' would be .* instead of float32/],
  [
    'a dtype by way of others',
    [node('Gelu', ['x'], 'g'), node('Cast', ['g'], 'h', { to: 7 }), neg],
    /h: 'h' would be .* instead of float32/,
  ],
  ['an unheard operator', [node('Guelu', ['x'], 'h'), neg], /Guelu is not among the operators/],
  ['one that came later', [node('Swish', ['x'], 'h'), neg], /Swish would be used at opset 20: it came with 24/],
  ['one of a domain that is not imported', [node('Gelu', ['x'], 'h', {}, 'com.microsoft'), neg], /are not imported/],
  ['a value twice', [node('Gelu', ['x'], 'h'), node('Gelu', ['x'], 'h'), neg], /'h' would be made twice/],
  ['a value before it is made', [node('Gelu', ['g'], 'h'), node('Neg', ['x'], 'g'), neg], /'g' would be used before/],
  ['nothing', [], /the output 'y' would be gone/],
])('%s is a problem', (_, nodes, message) => {
  expect(problems(model({ ...parts, nodes })).join('\n')).toMatch(message);
});

test('another graph inside is a problem, damaged bytes are one', () => {
  const inner = graph({ nodes: [node('Neg', ['x'], 'z')], outputs: [['z', 0]] });
  const nodes = [node('If', ['x'], 'h', { then_branch: graphValue(inner) }), neg];
  expect(problems(model({ ...parts, nodes }))).toEqual(['undefined: the new file would have other graphs']);
  expect(problems(before.subarray(0, 90)).join()).toMatch(/could not be read/);
});

test('dtypes have their operators', () => {
  expect(operatorProblem('', 'Gelu', 20, 16)).toBeUndefined();
  expect(operatorProblem('', 'Erf', 12, 16)).toMatch(/bfloat16 from opset 13 on/);
  expect(operatorProblem('', 'Gelu', 20, 7)).toMatch(/would be given int64/);
});
