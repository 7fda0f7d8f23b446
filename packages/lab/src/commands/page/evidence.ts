import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, UsageError } from '../../console/errors.js';
import type { ComparisonData, CurvesData, StudyData } from '../../page/evidence/data.js';
import { readJson } from '../../run/json.js';
import { type Metric, RunFolder } from '../../run/run-folder.js';
import { compareAll } from '../../studies/compare.js';
import type { Results } from '../../studies/results.js';
import { valueText } from '../../studies/text.js';
import { verdict } from '../../studies/verdict.js';

/** Points of a curve at most. */
const POINTS = 300;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** A study's results as the page shows them; its curves only for a run of the reader's own, since they are large. */
export function studyData(results: Results, own = false): StudyData {
  const { study, title, about, share, paper, arms, measures, curveTitles } = results;
  const comparisons = compareAll(arms, measures).map((c): ComparisonData => {
    const measure = measures.find(({ key }) => key === c.measure)!;
    const interval = Number.isNaN(c.low)
      ? ''
      : ` [${valueText(c.low, measure, true)}, ${valueText(c.high, measure, true)}]`;
    const [difference, low, high] = [c.difference, c.low, c.high].map((v) => finite(measure.factor * v));
    return {
      measure: measure.title,
      pair: `${c.a} − ${c.b}${c.group === '' ? '' : `, ${c.group}`}`,
      ...{ difference, low, high, seeds: c.seeds },
      text: `${valueText(c.difference, measure, true)}${interval}`,
      verdict: verdict(c, measure),
    };
  });
  const curves = own
    ? curveTitles.map(({ key, title: name, unit }): CurvesData => {
        const lines = arms.map((arm) => {
          const points = thinned(arm.curves[key] ?? []);
          const label = arm.group === '' ? arm.name : `${arm.name}, ${arm.group}`;
          return { name: label, x: points.map(([step]) => step), y: points.map(([, value]) => value) };
        });
        return { title: name, unit, lines: lines.filter(({ x }) => x.length > 0) };
      })
    : [];
  return {
    name: own ? `your ${study}` : study,
    title,
    about,
    share,
    paper: paper?.text ?? '',
    own,
    comparisons,
    curves,
  };
}

/**
 * What a run found: of `gelu-lab study` its intervals and curves, of `gelu-lab train` its curves.
 * @throws UsageError for a run of another command, DataError for one that has no results yet or is damaged.
 */
export function runData(path: string): StudyData {
  const folder = new RunFolder(path);
  const { command } = folder.read<{ command?: unknown }>('config.json');
  if (command === 'train') return trainingData(path, folder);
  if (command !== 'study')
    throw new UsageError(`--run: ${path} is a run of '${command}'; expected one of study or train`);
  const file = join(path, 'results.json');
  if (!existsSync(file)) throw new DataError(`${path} has no results yet: 'gelu-lab study --resume ${path}' ends it`);
  try {
    return studyData(readJson(file) as unknown as Results, true);
  } catch (error) {
    if (error instanceof TypeError) throw new DataError(`${file} is damaged: ${error.message}`);
    throw error;
  }
}

function trainingData(path: string, folder: RunFolder): StudyData {
  const { model, options, training } = folder.read<{
    model: string;
    options: { activation: string };
    training: { seed: number };
  }>('config.json');
  const metrics = folder.metrics();
  const splits = [...new Set(metrics.flatMap(({ split }) => (split === undefined ? [] : [String(split)])))];
  const line = (name: string, of: readonly Metric[], key: string): CurvesData['lines'][number] => {
    const points = thinned(of.map((metric) => [metric.step, Number(metric[key])] as [number, number]));
    return { name, x: points.map(([step]) => step), y: points.map(([, value]) => value) };
  };
  const steps = metrics.filter(({ kind }) => kind === 'step');
  const evaluations = splits.map((split) =>
    line(
      split,
      metrics.filter((m) => m.split === split),
      'loss',
    ),
  );
  return {
    name: `your ${model}`,
    title: `${model} with ${options?.activation}, seed ${training?.seed}`,
    about: `The training in ${path}.`,
    share: `${steps.length} steps`,
    ...{ paper: '', own: true, comparisons: [] },
    curves: [
      { title: 'Loss', unit: 'nats', lines: [line('batches', steps, 'loss'), ...evaluations] },
      { title: 'Gradient', unit: 'norm', lines: [line('gradient', steps, 'gradientNorm')] },
    ],
  };
}

/** As many of the points as are drawn, evenly chosen, those that are numbers. */
function thinned(points: readonly [number, number][]): [number, number][] {
  const good = points.filter(([, value]) => Number.isFinite(value));
  const every = Math.max(1, Math.ceil(good.length / POINTS));
  return good.filter((_, i) => i % every === 0 || i === good.length - 1);
}
