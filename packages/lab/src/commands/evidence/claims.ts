import { activationNamed } from '../../console/activation-spec.js';
import { settingName } from '../../flow/summary.js';
import type { Results } from '../../studies/results.js';
import { differs } from '../../studies/step-cost.js';
import { stepCostLines } from '../../studies/text.js';
import { type Claim, concluded, type Draft, notMeasured } from './claim.js';
import { compared } from './compared.js';
import { cost, formsAlike, rightTail } from './forms.js';
import type { Evidence, Flow } from './import.js';
import { depthFlow, ownGain } from './through-depth.js';

/** Every claim, judged together. */
export function claims({ studies, flow }: Evidence): Claim[] {
  const of = (name: string): Results | undefined => studies.get(name);
  const byDepth = of('depth');
  const starts = (group: string): boolean => !/ start$/.test(group) && /, \d+ layers$/.test(group);
  const drafts = [
    smoothness(),
    deadUnits(of('mnist'), flow),
    depthFlow(flow),
    ownGain(flow),
    compared('Networks with GELU can be trained at greater depth', byDepth, ['error'], (group) => !starts(group)),
    compared('GELU trains better at its own critical start than at He’s', byDepth, ['error'], starts),
    compared('GELU stays stable at larger learning rates', of('learning-rate'), ['stableRate']),
    noise(of('mnist-noise')),
    compared('GELU trains faster: after equal steps its training loss is lower', of('mnist'), ['trainLoss']),
    compared('GELU classifies better (MNIST, no dropout)', of('mnist'), ['error', 'loss']),
    compared('The stochastic map can replace nonlinearity and dropout', of('mnist-soi'), ['error', 'loss']),
    transformer(of('gpt'), 'equal steps', 'A transformer with GELU is better after equal steps'),
    transformer(of('gpt'), 'equal time', 'A transformer with GELU is better after equal time'),
    formsAlike(of('forms')),
    rightTail(of('forms')),
    cost(of('forms')),
    ...[...OTHERS].map(([name, claim]) => measured(compared(claim, of(name), null), `gelu-lab study ${name}`)),
  ];
  return concluded(drafts);
}

/** Studies of the paper that need data of one's own, or more time. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['mnist-init', 'GELU classifies better where each activation has the start that suits it (MNIST)'],
  ['mnist-dropout', 'GELU classifies better (MNIST, with dropout)'],
  ['autoencoder', 'GELU reconstructs better (MNIST autoencoder)'],
  ['tweets', 'GELU tags better (tweets)'],
  ['timit', 'GELU recognizes phones better (TIMIT)'],
  ['cifar10', 'GELU classifies better (CIFAR-10)'],
  ['cifar100', 'GELU classifies better (CIFAR-100)'],
]);

/** With the command that would measure it, where none did. */
function measured(draft: Draft, command: string): Draft {
  return { ...draft, command: draft.command ?? command };
}

const AROUND = 1e-9;

/** The largest jumps that the derivatives make, at 0, where the others' pieces meet. */
function smoothness(): Draft {
  const jump = (name: string, order: 1 | 2): number => {
    const [left, right] = activationNamed(name).evaluate(order, Float64Array.of(-AROUND, AROUND));
    return Math.abs(right - left);
  };
  const line = (label: string, name: string): string => {
    const [first, second] = [jump(name, 1), jump(name, 2)].map((x) => (x < 1e-6 ? '0' : x.toPrecision(3)));
    return `${label}: the first derivative jumps by ${first} at 0, the second by ${second}`;
  };
  const smooth = jump('gelu', 1) < 1e-6 && jump('gelu', 2) < 1e-6;
  const details = [line('GELU', 'gelu'), line('ReLU', 'relu'), line('ELU', 'elu')];
  return {
    ...notMeasured('The gradient is smooth', 'gelu-lab compare gelu relu elu'),
    conclude: () => ({
      mark: smooth ? '✔' : '✘',
      sentence: smooth ? "By its formula: neither GELU's derivative nor its second jumps" : 'A derivative jumps',
      details,
    }),
  };
}

function deadUnits(mnist: Results | undefined, flow: Flow | null): Draft {
  const draft = compared('Fewer units die', mnist, ['dead']);
  const fresh = (flow?.settings ?? []).filter((s) => !s.residual && !s.layerNorm);
  const first = fresh[0];
  const shares = fresh
    .filter((s) => settingName(s) === settingName(first))
    .map((s) => `${s.label} ${(100 * s.dead).toFixed(1)} %`);
  const untrained = first ? [`before training (${settingName(first)}): ${shares.join(', ')} of the units`] : [];
  return {
    ...draft,
    conclude: (rows) => {
      const { details, ...verdict } = draft.conclude(rows);
      return { ...verdict, details: [...details, ...untrained] };
    },
  };
}

function noise(results: Results | undefined): Draft {
  const keys = results?.measures.map(({ key }) => key).filter((key) => /^noise\.[\d.]+$/.test(key)) ?? [];
  return compared('GELU is more robust to noise in the inputs', results, keys);
}

/** In equal time, only those count whose step is known to cost something else. */
function transformer(results: Results | undefined, group: string, claim: string): Draft {
  if (results === undefined) return notMeasured(claim, 'gelu-lab study gpt');
  const { stepCosts } = results.config;
  const draft = compared(claim, results, ['loss'], (of) => of === group);
  const counts = (b: string): boolean => group !== 'equal time' || (stepCosts[b] && differs(stepCosts[b])) === true;
  const rows = draft.rows.filter(({ comparison }) => counts(comparison.b));
  const open = draft.rows.length > 0 && rows.length === 0;
  return {
    ...draft,
    rows,
    conclude: (judged) => {
      const { details, ...verdict } = draft.conclude(judged);
      const undecided = {
        mark: '✘' as const,
        sentence: 'Undecided: the steps cost too nearly the same, or are not known well enough',
      };
      return { ...(open ? undecided : verdict), details: [...details, ...stepCostLines(stepCosts)] };
    },
  };
}
