import { useSignalEffect } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { activationNamed } from '../../console/activation-spec.js';
import { fitted } from '../compare/curves.js';
import { Figure } from '../figure/figure.js';
import { percent } from '../format.js';
import { Plane } from '../plane/plane.js';
import { Section } from '../section.js';
import { digitsRate, digitsSeed, learner, net } from '../state/state.js';
import { DigitsControls } from './controls.js';
import { Chances, Layers } from './layers.js';
import { Pad } from './pad.js';
import { awake, begin, label, playing, problem, reading, tell, trail, unpacked } from './state.js';

export function DigitsSection(): VNode {
  return (
    <Section
      id="digits"
      title="Teach it to read"
      lead={
        <p>
          The network of the paper, 784 inputs and eight layers of 128 units, or a small vision transformer, learns
          3,000 handwritten digits that travel inside this page, and is judged by 1,000 others. Draw one: you see what
          comes out of every unit. The same seed trains the same network here and in Node, bit for bit.
        </p>
      }
      figure={DigitsFigure}
      controls={<DigitsControls />}
    >
      <p class="hint sub">
        Images: the first 300 of each digit of the training set and the first 100 of the test set of MNIST (Yann LeCun,
        Corinna Cortes, Christopher J. C. Burges; from NIST’s Special Databases 1 and 3; CC BY-SA 3.0), rounded to eight
        grey levels. Trained by jax-js in WebAssembly with Adam, batches of 64.
      </p>
    </Section>
  );
}

function DigitsFigure(): VNode {
  useSignalEffect(() => {
    net.value;
    learner.value;
    digitsSeed.value;
    begin();
  });
  useSignalEffect(() => {
    digitsRate.value;
    tell();
  });
  useEffect(
    () => () => {
      playing.value = false;
    },
    [],
  );
  const { steps, losses, scores } = trail.value;
  const lossCurve = [{ name: 'loss', color: 'blue', x: steps, y: losses }];
  const last = Math.max(100, steps.at(-1) ?? 0);
  const held = scores.map(({ accuracy }) => 100 * accuracy);
  return (
    <Figure at="digits" title={title()} csv={csv} code={code}>
      <p role="alert">{problem.value}</p>
      {awake.value && unpacked.value < 1 ? (
        <progress max={1} value={unpacked.value} aria-label="images unpacked" />
      ) : null}
      <div class="reading">
        <div>
          <Pad />
          <Chances />
          <p class="verdict" aria-live="polite">
            {verdict()}
          </p>
        </div>
        <Layers />
      </div>
      <div class="pair">
        <Plane
          label="Loss of each batch, by step"
          x={{ domain: [1, last], label: 'step' }}
          y={{ domain: fitted(lossCurve, true), label: 'loss', log: true }}
          curves={lossCurve}
        />
        <Plane
          label={`Share of the digits held out that are read, by step: ${held.map((v) => `${v.toFixed(1)} %`).join(', ')}`}
          x={{ domain: [0, last], label: 'step' }}
          y={{ domain: [0, 100], label: '% read' }}
          curves={[{ name: 'read', color: 'green', x: scores.map(({ step }) => step), y: held }]}
          rules={[90]}
        />
      </div>
    </Figure>
  );
}

function title(): string {
  const score = trail.value.scores.at(-1);
  if (!awake.value) return 'Press Learn, or draw a digit';
  if (!score) return unpacked.value < 1 ? 'The images are unpacked …' : 'The network is made …';
  const { label: name } = activationNamed(learner.value[0]);
  if (score.step === 0) return `With ${name} and fresh weights it guesses: press Learn`;
  return `After ${score.step} steps with ${name} it reads ${percent(score.accuracy)} of digits that it has never seen`;
}

function verdict(): string {
  const chances = reading.value?.chances;
  if (!chances) return '';
  const best = chances.indexOf(Math.max(...chances));
  const meant = label.value === undefined ? '' : label.value === best ? ', and it is' : `; it is a ${label.value}`;
  return `It reads a ${best} (${percent(chances[best])})${meant}`;
}

function csv(): string {
  const { steps, losses, scores } = trail.value;
  const found = new Map(scores.map((score) => [score.step, score]));
  const rows = steps.map((step, i) => {
    const score = found.get(step);
    return [step, losses[i], score?.accuracy ?? '', score?.loss ?? '', score?.digest ?? ''].join(',');
  });
  return `step,loss,accuracy held out,loss held out,digest of the weights\n${rows.join('\n')}\n`;
}

const code = (): { gelu: string; pytorch: string } => {
  const [spec] = learner.value;
  return {
    gelu: `gelu-lab train ${net.value === 'paper' ? 'mnist' : 'vit'} --activation ${spec}  # on all of MNIST`,
    pytorch: `import torch.nn as nn

layers = [nn.Linear(784, 128), nn.GELU()]
for _ in range(7):
    layers += [nn.Linear(128, 128), nn.GELU()]
model = nn.Sequential(*layers, nn.Linear(128, 10))`,
  };
};
