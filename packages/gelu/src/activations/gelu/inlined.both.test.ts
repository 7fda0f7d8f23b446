import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluate } from './forms.js';
import { gateForm, SIGMOID_GATE, TANH_GATE } from './gate-form.js';
import { inlinedGate, inlinedLimit } from './inlined-gate.js';
import { inlinedNormal } from './inlined-normal.js';

const GATES = { tanh: TANH_GATE, sigmoid: SIGMOID_GATE };

it.each([0, 1] as const)('the quick normal form has the bits of the definition, order %i', (order) => {
  for (let i = -100_000; i <= 100_000; i++) {
    const x = (i / 100_000) * 41 + i * 2 ** -40;
    if (!Object.is(inlinedNormal(x, order), evaluate({ approximate: 'none', mean: 0, std: 1 }, order, x)))
      expect.fail(`differs at ${x}`);
  }
  fc.assert(
    fc.property(fc.double(), (x) =>
      Object.is(inlinedNormal(x, order), evaluate({ approximate: 'none', mean: 0, std: 1 }, order, x)),
    ),
    { numRuns: 5000, seed: 1 },
  );
});

it.each([
  ['tanh', 0],
  ['tanh', 1],
  ['sigmoid', 0],
  ['sigmoid', 1],
] as const)('the quick %s form has the bits of the definition, order %i', (approximate, order) => {
  const gate = GATES[approximate];
  for (let i = -100_000; i <= 100_000; i++) {
    const x = (i / 100_000) * (inlinedLimit(gate) + 1) + i * 2 ** -40;
    if (!Object.is(inlinedGate(x, gate, order), gateForm(x, gate, order, false))) expect.fail(`differs at ${x}`);
  }
  fc.assert(
    fc.property(fc.double(), (x) => Object.is(inlinedGate(x, gate, order), gateForm(x, gate, order, false))),
    { numRuns: 5000, seed: 1 },
  );
});
