// How far a shader's results are from the definitions, for accuracy-gpu.mjs, in Node and in a browser.
import { activations, bind } from '../dist/activations/index.js';
import { ulp } from '../dist/numerics.js';
import { SIZES, TIMES } from '../dist/shaders/range.js';

const LEAST = 2 ** -126;

/** Numbers from 0 to 1, the same ones for the same seed. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * The activations, each with its defaults and `count` draws of the parameters that shaders take: sizes spread evenly over the
 * powers of ten that are allowed, with both signs where that may be.
 */
export function drawn(count) {
  return activations.flatMap((definition) => {
    const random = numbers(definition.name.length * 7919 + definition.name.charCodeAt(0));
    const sizes = SIZES[definition.name] ?? {};
    const [location, most, unit] = TIMES[definition.name] ?? [];
    const cases = [bind(definition)];
    if (definition.name === 'gelu')
      for (const approximate of ['tanh', 'sigmoid']) cases.push(bind(definition, { approximate }));
    const names = Object.entries(definition.parameters).filter(
      ([name, spec]) => typeof spec.default === 'number' && (sizes[name] || name === location),
    );
    for (let tries = 0; names.length > 0 && tries < count; tries++) {
      const parameters = {};
      for (const [name] of names.filter(([n]) => n !== location)) {
        const [least, largest] = sizes[name].map(Math.log10);
        const size = 10 ** (least + random() * (largest - least));
        const spec = definition.parameters[name];
        parameters[name] = random() < 0.3 && spec.allows(-size) ? -size : size;
      }
      if (location) parameters[location] = (random() < 0.5 ? -1 : 1) * parameters[unit] * most * random() ** 3;
      cases.push(bind(definition, { ...bind(definition).parameters, ...parameters }));
    }
    return cases;
  });
}

/** Inputs: every exponent, and many where the function bends. */
export function points({ definition, parameters: p }) {
  const [location, , unit] = TIMES[definition.name] ?? [];
  const centre = location ? p[location] : 0;
  const size = unit
    ? p[unit]
    : (p.beta && definition.name !== 'xielu' ? 1 / p.beta : p.b ? Math.sqrt(p.b) : p.alpha) || 1;
  const x = [0, -0, Infinity, -Infinity, Number.NaN, 3.4028234663852886e38, -3.4028234663852886e38];
  for (let e = 1; e < 255; e++)
    for (let k = 0; k < 8; k++) {
      const v = (1 + ((k * 0.6180339887) % 1)) * 2 ** (e - 127);
      x.push(v, -v);
    }
  for (const reach of [1, 5, 20, 120])
    for (let i = -800; i <= 800; i++) x.push(centre + (i / 800) * reach * size, (i / 800) * reach);
  for (let e = -9; e < 3; e++) for (const m of [1, -1, 2.3, -2.3, 6.1, -6.1]) x.push(centre + m * 10 ** e * size);
  // Subnormal inputs count as 0.
  return Float32Array.from(x).filter((v) => !(v !== 0 && Math.abs(v) < LEAST));
}

/**
 * The largest error of y = f(x) in ULP, order 1 in ULP of the larger addend, and what is wrong otherwise: NaN, infinite, the sign
 * of a 0 that the value does not have. A subnormal result may be 0.
 */
export function judge(bound, order, x, y) {
  const found = { worst: 0, at: 0, wrong: 0, wrongAt: 0 };
  const wrong = (v) => {
    found.wrong++;
    found.wrongAt = v;
  };
  x.forEach((v, i) => {
    const exact = bound.evaluate(order, v);
    const near = Math.fround(exact);
    if (Object.is(y[i], near)) return;
    if (!Number.isFinite(near) || !Number.isFinite(y[i])) {
      if (Math.abs(y[i]) < 3.4e38 || Math.abs(near) < 3.4e38 || Number.isNaN(y[i]) || y[i] * near < 0) wrong(v);
      return;
    }
    if (y[i] === 0 && Math.abs(exact) < LEAST) {
      if (order === 0 && Object.is(y[i], -0) !== (near < 0 || Object.is(near, -0))) wrong(v);
      return;
    }
    const addend = order === 1 && v !== 0 ? bound.evaluate(0, v) / v : 0;
    const error = Math.abs(y[i] - exact) / ulp(Math.max(Math.abs(exact), Math.abs(addend), LEAST), 'float32');
    if (!(error <= found.worst)) [found.worst, found.at] = [error, v];
  });
  return found;
}

/** A function and its derivative by `run(bound, order, x)`, all cases; `onResult` gets a line for each activation. */
export async function measure(count, run, onResult, wanted) {
  const lines = new Map();
  for (const bound of drawn(count)) {
    const { name } = bound.definition;
    if (wanted && !wanted.includes(name)) continue;
    const form =
      name === 'gelu' && bound.parameters.approximate !== 'none' ? `gelu, ${bound.parameters.approximate}` : name;
    const line = lines.get(form) ?? { function: form, cases: 0, value: 0, derivative: 0, wrong: 0 };
    lines.set(form, line);
    const x = points(bound);
    line.cases++;
    for (const order of [0, 1]) {
      const found = judge(bound, order, x, await run(bound, order, x));
      line.wrong += found.wrong;
      const key = order === 0 ? 'value' : 'derivative';
      if (found.worst > line[key]) {
        line[key] = Number(found.worst.toFixed(2));
        line[`${key}At`] = `${found.at} with ${JSON.stringify(bound.parameters)}`;
      }
      if (found.wrong > 0) line.wrongAt = `order ${order}, ${found.wrongAt} with ${JSON.stringify(bound.parameters)}`;
    }
  }
  for (const line of lines.values()) onResult(line);
}
