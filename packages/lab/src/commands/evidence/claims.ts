import { activationNamed } from '../../console/activation-spec.js';
import { settingName } from '../../flow/summary.js';
import type { Comparison } from '../../studies/compare.js';
import type { Results } from '../../studies/results.js';
import { differs } from '../../studies/step-cost.js';
import { armTitle, choiceLines, settingsText, stepCostLines, valueText } from '../../studies/text.js';
import { differenceText, outcomeOf } from '../../studies/verdict.js';
import type { Evidence, Flow } from './import.js';

/** Something that people say about GELU, and what was measured. */
export interface Claim {
  claim: string;
  /** Holds, does not hold, or what else the figures say; null: not measured. */
  verdict: string | null;
  /** Lines of Markdown. */
  measured: string[];
  /** The study, whose report is linked. */
  study: string | null;
}

export function claims(evidence: Evidence): Claim[] {
  const { studies, flow } = evidence;
  return [
    smoothness(),
    deadUnits(studies.get('mnist'), flow),
    depthFlow(flow),
    compared('Networks with GELU can be trained at greater depth', studies.get('depth'), ['error']),
    compared('GELU stays stable at larger learning rates', studies.get('learning-rate'), ['stableRate']),
    noise(studies.get('mnist-noise')),
    compared('GELU trains faster: after equal steps its training loss is lower', studies.get('mnist'), ['trainLoss']),
    compared('GELU classifies better (MNIST, no dropout)', studies.get('mnist'), ['error', 'loss']),
    compared('The stochastic map can replace nonlinearity and dropout', studies.get('mnist-soi'), ['error', 'loss']),
    transformer(studies.get('gpt'), 'equal steps', 'A transformer with GELU is better after equal steps'),
    transformer(studies.get('gpt'), 'equal time', 'A transformer with GELU is better after equal time'),
    ...[...OTHERS].flatMap(([name, claim]) => (studies.has(name) ? [compared(claim, studies.get(name), null)] : [])),
  ];
}

/** Studies of the paper that need data of one's own, or more time. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['mnist-dropout', 'GELU classifies better (MNIST, with dropout)'],
  ['autoencoder', 'GELU reconstructs better (MNIST autoencoder)'],
  ['tweets', 'GELU tags better (tweets)'],
  ['timit', 'GELU recognizes phones better (TIMIT)'],
  ['cifar10', 'GELU classifies better (CIFAR-10)'],
  ['cifar100', 'GELU classifies better (CIFAR-100)'],
]);

const AROUND = 1e-9;

/** The largest jumps that the derivatives make, at 0, where the others' pieces meet. */
function smoothness(): Claim {
  const jump = (name: string, order: 1 | 2): number => {
    const [left, right] = activationNamed(name).evaluate(order, Float64Array.of(-AROUND, AROUND));
    return Math.abs(right - left);
  };
  const line = (label: string, name: string): string => {
    const [first, second] = [jump(name, 1), jump(name, 2)].map((x) => (x < 1e-6 ? '0' : x.toPrecision(3)));
    return `${label}: the first derivative jumps by ${first} at 0, the second by ${second}`;
  };
  const smooth = jump('gelu', 1) < 1e-6 && jump('gelu', 2) < 1e-6;
  return {
    claim: 'The gradient is smooth',
    verdict: smooth ? 'holds, by its formula' : 'does not hold',
    measured: [line('GELU', 'gelu'), line('ReLU', 'relu'), line('ELU', 'elu')],
    study: null,
  };
}

function deadUnits(mnist: Results | undefined, flow: Flow | null): Claim {
  const claim = compared('Fewer units die', mnist, ['dead']);
  const fresh = (flow?.settings ?? []).filter((s) => !s.residual && !s.layerNorm);
  const shares = fresh.map((s) => `${s.label} ${(100 * s.dead).toFixed(1)} %`);
  const first = fresh[0];
  const untrained = first ? [`before training (${settingName(first)}): ${shares.join(', ')} of the units`] : [];
  return { ...claim, measured: [...claim.measured, ...untrained] };
}

/** By how much the gradient shrinks or grows from the top of a stack to its first layer, before training. */
function depthFlow(flow: Flow | null): Claim {
  const claim = 'The gradient flows better through depth (before training)';
  if (flow === null) return { claim, verdict: null, measured: [], study: null };
  const keys = [...new Set(flow.settings.map(settingName))];
  const groups = keys.map((key) => flow.settings.filter((s) => settingName(s) === key));
  const size = ({ gradientRms }: { gradientRms: number }): string => gradientRms.toPrecision(2);
  const measured = groups.map(
    (group, i) =>
      `${keys[i]}: of a gradient of 1 at the top arrive ${group.map((s) => `${s.label} ${size(s)}`).join(', ')}`,
  );
  const wins = groups.map((group) => {
    const distance = (s: { gradientRms: number }): number => Math.abs(Math.log(s.gradientRms));
    const gelu = group.find(({ activation }) => activation === 'gelu');
    const relu = group.find(({ activation }) => activation === 'relu');
    return gelu !== undefined && relu !== undefined && distance(gelu) < distance(relu);
  });
  const won = wins.filter(Boolean).length;
  const of = `GELU keeps the gradient nearer to its size than ReLU in ${won} of ${wins.length} kinds of stack`;
  return {
    claim,
    verdict: won === wins.length ? `holds: ${of}` : `does not hold as stated: ${of}`,
    measured,
    study: null,
  };
}

function noise(results: Results | undefined): Claim {
  const keys = results?.measures.map(({ key }) => key).filter((key) => /^noise\.[\d.]+$/.test(key)) ?? [];
  return compared('GELU is more robust to noise in the inputs', results, keys);
}

/** In equal time, only those count whose step is known to cost something else. */
function transformer(results: Results | undefined, group: string, claim: string): Claim {
  if (results === undefined) return compared(claim, results, null);
  const { stepCosts } = results.config;
  const ofGroup = results.comparisons.filter((c) => c.group === group);
  const counted = group === 'equal time' ? ofGroup.filter(({ b }) => stepCosts[b] && differs(stepCosts[b])) : ofGroup;
  const arms = results.arms.filter((arm) => arm.group === group);
  const result = compared(claim, { ...results, arms, comparisons: counted }, ['loss']);
  const open = ofGroup.length > 0 && counted.length === 0;
  return {
    ...result,
    verdict: open ? 'undecided: the steps cost too nearly the same, or are not known well enough' : result.verdict,
    measured: [...result.measured, ...stepCostLines(stepCosts)],
  };
}

/** The comparisons of a study by some measures, or by its first; the verdict counts where the first arm is better. */
function compared(claim: string, results: Results | undefined, keys: readonly string[] | null): Claim {
  if (results === undefined) return { claim, verdict: null, measured: [], study: null };
  const wanted = keys ?? [results.measures[0].key];
  const found = results.comparisons.filter(({ measure }) => wanted.includes(measure));
  const measureOf = (c: Comparison) => results.measures.find(({ key }) => key === c.measure)!;
  const medians = results.measures
    .filter(({ key }) => wanted.includes(key))
    .map((m) => {
      const arms = results.arms.filter((arm) => Number.isFinite(arm.medians[m.key] ?? Number.NaN));
      const each = arms.map(
        (arm) => `${arm.name}${arm.group && ` (${arm.group})`} ${valueText(arm.medians[m.key], m)}`,
      );
      return `${m.title}: ${each.join(', ')}`;
    });
  const lines = found.map((c) => {
    const m = measureOf(c);
    return `${m.title}, ${c.a} − ${c.b}${c.group && ` (${c.group})`}: ${differenceText(c, m)} (${c.seeds} seeds)`;
  });
  return {
    claim,
    verdict: found.length === 0 ? null : counted(found, measureOf),
    measured: [
      ...medians,
      ...lines,
      ...(wanted.includes(results.measures[0].key) ? [...chosenLines(results), ...choiceLines(results)] : []),
    ],
    study: results.study,
  };
}

/** What was chosen for each arm that had a choice. */
function chosenLines({ arms }: Results): string[] {
  const each = arms
    .filter((arm) => (arm.choices?.length ?? 0) > 1)
    .map((arm) => `${armTitle(arm)}: ${settingsText(arm.settings)}`);
  return each.length > 0 ? [`chosen: ${each.join('; ')}`] : [];
}

type MeasureOf = (c: Comparison) => Results['measures'][number];

function counted(found: readonly Comparison[], measureOf: MeasureOf): string {
  const outcomes = found.map((c) => outcomeOf(c, measureOf(c)));
  const better = outcomes.filter((outcome) => outcome === 'better').length;
  const worse = outcomes.filter((outcome) => outcome === 'worse').length;
  const open = found.length - better - worse;
  const name = found[0].a;
  const counts = `${name} is better in ${better}, worse in ${worse}, no clear difference in ${open} of ${found.length} comparisons`;
  if (better === found.length) return `holds: ${counts}`;
  if (worse === found.length) return `the opposite holds: ${counts}`;
  return `${better > 0 && worse === 0 ? 'holds in part' : better === 0 ? 'not shown' : 'mixed'}: ${counts}`;
}
