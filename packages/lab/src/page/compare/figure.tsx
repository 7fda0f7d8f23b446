import { batch } from '@preact/signals';
import type { VNode } from 'preact';
import { type Code, Figure, type Key } from '../figure/figure.js';
import { short } from '../format.js';
import { Plane } from '../plane/plane.js';
import type { PlaneHandle } from '../plane/types.js';
import { chosen, isHidden, toggle } from '../state/chosen.js';
import { difference, f, range } from '../state/state.js';
import { all, cross, differences, fitted, orders, quietParts, type Shown, valueAtX } from './curves.js';
import { liveliest, numericParameter, replace, sliderRange, valueThrough, withParameter } from './parameter.js';

const LABELS = ['f', 'f′', 'f″'];

export function CompareFigure(): VNode {
  const at = cross.value;
  const shown = all.value;
  const legend = shown.map(
    ({ activation, color, dashed }): Key => ({
      name: activation.label,
      color,
      dashed,
      value: at === null ? undefined : short(valueAtX(activation, 0, at), 4),
      hidden: isHidden(activation.spec),
      toggle: () => toggle(activation.spec),
    }),
  );
  const view = (domain: [number, number]): void => {
    if (domain[1] - domain[0] > 1e-4 && domain[0] >= -1000 && domain[1] <= 1000) range.value = domain;
  };
  const reset = (): void => {
    batch(() => {
      range.value = [-5, 5];
    });
  };
  const shared = { x: { domain: range.value, label: 'x' }, cross, onView: view, onReset: reset };
  const visible = shown.filter(({ activation }) => !isHidden(activation.spec));
  const handle = parameterHandle(shown);
  const log = difference.value === 'ulp';
  return (
    <Figure at="compare" title={title(visible)} legend={legend} code={code}>
      {LABELS.map((label, order) => (
        <Plane
          key={label}
          {...shared}
          label={`${['The functions', 'Their slopes', 'Their second derivatives'][order]}: ${visible.map(({ activation }) => activation.label).join(', ')}`}
          y={{ domain: fitted(orders[order].value), label }}
          grow={order === 0 ? 1.7 : 1}
          bare={order < 2 || differences.value.length > 0}
          curves={orders[order].value}
          shaded={quietParts.value}
          {...(order === 0 && handle && { handle })}
        />
      ))}
      {differences.value.length > 0 ? (
        <Plane
          {...shared}
          label={`Differences from ${visible[0].activation.label}`}
          y={{
            domain: fitted(differences.value, log),
            label: log
              ? `|difference| from ${visible[0].activation.label}, float32 ULP`
              : `difference from ${visible[0].activation.label}`,
            log,
          }}
          curves={differences.value}
        />
      ) : null}
    </Figure>
  );
}

/** What is to be seen: how far the others are from the first where they are farthest. */
function title(visible: readonly Shown[]): string {
  if (visible.length === 0) return 'Choose an activation';
  const [first] = visible;
  const others = differences.value;
  const [low, high] = range.value;
  const where = `between ${short(low)} and ${short(high)}`;
  if (others.length === 0) return `${first.activation.label} with its slope and its second derivative, ${where}`;
  const far = others
    .map(({ name, y }) => ({ name, most: Array.from(y).reduce((m, v) => Math.max(m, Math.abs(v)), 0) }))
    .sort((a, b) => a.most - b.most);
  const unit = difference.value === 'ulp' ? ' ULP' : '';
  const [nearest] = far;
  return `${nearest.name} stays within ${short(nearest.most, 2)}${unit} of ${first.activation.label} ${where}`;
}

/** The first shown activation that has a numeric parameter can be bent at a point of its curve. */
function parameterHandle(shown: readonly Shown[]): PlaneHandle | undefined {
  const i = shown.findIndex(
    ({ activation }) =>
      activation.spec !== 'own' &&
      !isHidden(activation.spec) &&
      numericParameter(activation) !== undefined &&
      bends(activation.bound.parameters),
  );
  if (i < 0) return undefined;
  const { activation, color } = shown[i];
  const name = numericParameter(activation)!;
  const value = Number(activation.bound.parameters[name]);
  const where = liveliest(activation, name, range.value);
  const [low, high] = sliderRange(activation.bound, name);
  const set = (next: number): void => void replace(i, withParameter(activation, name, next));
  return {
    x: where,
    y: valueAtX(activation, 0, where),
    color,
    label: `${name} of ${activation.label}`,
    value,
    text: `${name} ${short(value)}`,
    low,
    high,
    step: (high - low) / 200,
    onValue: set,
    onDrag: (_, y) => set(valueThrough(activation, name, where, y)),
  };
}

/** GELU's mean and std belong to its exact form alone. */
const bends = ({ approximate }: Readonly<Record<string, number | string>>): boolean =>
  approximate === undefined || approximate === 'none';

function code(): Code {
  const names = f.value.map((spec) => `'${spec.split(':')[0]}'`);
  const lines = chosen.value.map(({ bound: { definition, parameters } }) => {
    const given = Object.entries(parameters).filter(([key, v]) => v !== definition.parameters[key]?.default);
    return `nn.${definition.layer}(${given.map(([key, v]) => `${key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}=${typeof v === 'string' ? `'${v}'` : v}`).join(', ')})`;
  });
  return {
    gelu: `import { activationFunction } from 'gelu';\n\nconst x = Float64Array.of(${cross.value ?? -0.75});\nfor (const name of [${names.join(', ')}]) {\n  const f = activationFunction(name);\n  console.log(name, f(x), f.derivative(x), f.secondDerivative(x));\n}`,
    pytorch: `import torch\nfrom torch import nn\n\nx = torch.tensor([${cross.value ?? -0.75}], dtype=torch.float64, requires_grad=True)\nfor f in [${lines.join(', ')}]:\n    y = f(x)\n    print(f, y, torch.autograd.grad(y.sum(), x))`,
  };
}
