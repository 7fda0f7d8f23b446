import { type ActivationFunction, activationFunction, defineActivation } from 'gelu';
import type { NamedActivation } from '../../console/activation-spec.js';
import { parseFormula } from './parse.js';

/** Beyond it the formula is taken for the line that it has become there. */
const REACH = 60;

/**
 * A formula as an activation, its derivatives from `defineActivation`.
 * @throws Error that says what is wrong with the formula, or with its values.
 */
export function ownActivation(text: string): NamedActivation {
  const value = parseFormula(text);
  const end = (x: number): { slope: number; intercept: number } => {
    const h = x / 1024;
    const slope = (value(x) - value(x - h)) / h;
    return { slope, intercept: value(x) - slope * x };
  };
  const definition = defineActivation({
    name: 'own',
    layer: text.trim(),
    formula: text.trim(),
    value,
    domain: [-REACH, REACH],
    below: end(-REACH),
    above: end(REACH),
  });
  const f = activationFunction(definition) as ActivationFunction;
  const orders = [f, f.derivative, f.secondDerivative];
  return {
    spec: 'own',
    label: text.trim(),
    bound: {
      definition,
      parameters: {},
      key: `own(${text})`,
      evaluate: definition.evaluator({}),
      shape: definition.shape({}),
    },
    evaluate: (order, input) => orders[order](input),
  };
}
