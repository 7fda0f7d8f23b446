import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { animate } from '../animate.js';
import { Figure } from '../figure/figure.js';
import { fixed, percent, short } from '../format.js';
import { Plane } from '../plane/plane.js';
import type { Scale } from '../plane/scale.js';
import { std, tosses, view, x } from '../state/state.js';
import { bell, curves, DOMAINS, dip, distance, output, probability, sentence } from './gate.js';

const between = (a: readonly number[], b: readonly number[], share: number): [number, number] => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
];

/** The curve above, the bell below, one x through both. */
export function GateFigure(): VNode {
  const wanted = DOMAINS[view.value];
  const shown = useSignal(wanted);
  useEffect(() => {
    const from = shown.peek();
    return animate(from === wanted ? 0 : 500, (share) => {
      shown.value = share === 1 ? wanted : { x: between(from.x, wanted.x, share), y: between(from.y, wanted.y, share) };
    });
  }, [wanted]);
  const at = x.value;
  const move = (value: number): void => {
    x.value = Math.min(6, Math.max(-6, Number(value.toFixed(3))));
  };
  const { x: across, y: up } = shown.value;
  const legend = [
    { name: 'GELU', color: 'blue', value: fixed(output.value, 3) },
    { name: 'ReLU', color: 'grey', dashed: true, value: fixed(Math.max(0, at), 3) },
    ...(tosses.value > 0 ? [{ name: `mean of ${tosses.value} tosses`, color: 'orange' }] : []),
  ];
  return (
    <Figure at="gate" title={sentence.value} legend={legend} code={code}>
      <Plane
        label={`GELU beside ReLU. ${sentence.value}`}
        x={{ domain: across, label: 'x' }}
        y={{ domain: up, label: 'x·Φ(x)' }}
        grow={2.2}
        bare
        curves={curves.value}
        onDrag={move}
        marks={Marks}
        handle={{
          x: at,
          y: output.value,
          color: 'blue',
          label: 'x',
          value: at,
          text: sentence.value,
          low: -6,
          high: 6,
          step: 0.01,
          onValue: move,
        }}
      />
      <Plane
        label={`The bell of the normal distribution; ${percent(probability.value)} of its area lies below x`}
        x={{ domain: across, label: 'x' }}
        y={{ domain: [0, 0.44 / std.value], label: 'bell: its area below x is Φ(x)' }}
        curves={bell.value}
        onDrag={move}
        marks={(sx, sy) => (
          <>
            <path class="guide" d={`M${sx.to(at)} 0V${sy.to(0)}`} />
            <text
              class="strong"
              x={sx.to(Math.max(across[0], Math.min(at, across[1])))}
              y={sy.to(0.06 / std.value)}
              dx={at > across[0] + 0.3 * (across[1] - across[0]) ? -8 : 8}
              text-anchor={at > across[0] + 0.3 * (across[1] - across[0]) ? 'end' : 'start'}
            >
              {percent(probability.value)}
            </text>
          </>
        )}
      />
    </Figure>
  );
}

/** The bar x, of which x·Φ(x) is kept; and the dip. */
function Marks(sx: Scale, sy: Scale): VNode {
  const [at, y] = [x.value, output.value];
  const px = sx.to(at);
  return (
    <>
      <path class="bar whole" d={`M${px} ${sy.to(0)}V${sy.to(at)}`} />
      <path class="bar kept" d={`M${px} ${sy.to(0)}V${sy.to(y)}`} />
      <path class="guide" d={`M${px} ${sy.to(Math.min(0, y))}V900`} />
      {view.value === 'dip' ? <Dip sx={sx} sy={sy} /> : null}
    </>
  );
}

function Dip({ sx, sy }: { sx: Scale; sy: Scale }): VNode {
  const { bottom, steepest } = dip.value;
  return (
    <>
      <circle class="mark" cx={sx.to(bottom[0])} cy={sy.to(bottom[1])} r="5" />
      <text class="note" x={sx.to(bottom[0])} y={sy.to(bottom[1]) + 20} text-anchor="middle">
        lowest: {short(bottom[1], 4)} at {short(bottom[0], 4)}; the slope is 0
      </text>
      <circle class="mark" cx={sx.to(steepest[0])} cy={sy.to(steepest[1])} r="5" />
      <text class="note" x={sx.to(steepest[0])} y={sy.to(steepest[1]) - 12} text-anchor="middle">
        falls fastest at {short(steepest[0], 4)}
      </text>
    </>
  );
}

const code = (): { gelu: string; pytorch: string } => {
  const [at, width] = [x.value, std.value];
  const options = width === 1 ? '' : `, { std: ${width} }`;
  return {
    gelu: `import { gelu } from 'gelu';\n\ngelu(${at}${options}); // ${output.value}`,
    pytorch:
      width === 1
        ? `import torch\n\ntorch.nn.functional.gelu(torch.tensor(${at}, dtype=torch.float64))`
        : `import torch\n\nx = torch.tensor(${at}, dtype=torch.float64)\nx * torch.distributions.Normal(0, ${width}).cdf(x)`,
  };
};

/** For the text beside the figure. */
export function Distance(): VNode | null {
  if (tosses.value === 0) return null;
  return (
    <p class="soft">
      After {tosses.value} tosses at each of 81 places the means are at most {short(distance.value, 2)} from the curve.
    </p>
  );
}
