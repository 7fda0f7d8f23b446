import { activationFunction } from 'gelu';
import { packageVersion } from '../../run/versions.js';
import type { Format } from '../format.js';
import { boundOf, FUNCTION_NAMES, type FunctionName } from '../functions.js';
import type { Loader } from '../target.js';

/** This library on arrays. */
export const load =
  (format: Exclude<Format, 'float16'>): Loader =>
  async () => {
    const functions = new Map(FUNCTION_NAMES.map((name) => [name, activationFunction(boundOf(name))]));
    return {
      title: `gelu (this library), ${format}`,
      versions: { gelu: packageVersion('gelu') },
      format,
      orders: 2,
      calls: Object.fromEntries(FUNCTION_NAMES.map((name) => [name, callOf(name)])),
      evaluate: async (name, x, order) => {
        const f = functions.get(name)!;
        return [f, f.derivative, f.secondDerivative][order](x);
      },
    };
  };

/** `silu(x)`, `gelu(x, {approximate: 'tanh'})` */
function callOf(name: FunctionName): string {
  const { definition, parameters } = boundOf(name);
  const special = Object.entries(parameters).filter(([key, value]) => value !== definition.parameters[key].default);
  const options = special.map(([key, value]) => `${key}: ${typeof value === 'string' ? `'${value}'` : value}`);
  return `${definition.name}(x${options.length === 0 ? '' : `, {${options.join(', ')}}`})`;
}
