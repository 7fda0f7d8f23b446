import type { Results } from '../../studies/results.js';
import { armTitle, choiceLines, settingsText, valueText } from '../../studies/text.js';
import { differenceText, outcomeOf, powerText } from '../../studies/verdict.js';
import { type Draft, type Mark, notMeasured, type Row } from './claim.js';

/** The comparisons of a study by some measures, or by its first; the claim is that the first arm is better. `only` picks some groups. */
export function compared(
  claim: string,
  results: Results | undefined,
  keys: readonly string[] | null,
  only: (group: string) => boolean = () => true,
): Draft {
  if (results === undefined) return notMeasured(claim, null);
  const wanted = keys ?? [results.measures[0].key];
  const rows = results.comparisons.flatMap((comparison): Row[] => {
    const measure = results.measures.find(({ key }) => key === comparison.measure)!;
    return wanted.includes(comparison.measure) && only(comparison.group) ? [{ comparison, measure }] : [];
  });
  const own = wanted.includes(results.measures[0].key) ? [...chosenLines(results), ...choiceLines(results)] : [];
  return {
    claim,
    rows,
    study: results.study,
    command: commandOf(results),
    conclude: (judged) => ({
      ...counted(judged),
      details: [...medianLines(results, wanted, only), ...judged.map(rowText), ...own],
    }),
  };
}

/** The command that repeats a study; the same seeds, as much of it as the budget then allows. */
export function commandOf({ study, config }: Results): string {
  const budget = config.budget === 'full' ? 'full' : `${Math.ceil(config.budget / 60)}m`;
  const data = config.data === null ? '' : ' --data FOLDER';
  return `gelu-lab study ${study} --activations ${config.activations.join(',')} --budget ${budget}${data}`;
}

/** A comparison with its verdict and its power. */
export function rowText({ comparison: c, measure }: Row): string {
  const power = powerText(c, measure);
  const text = `${measure.title}, ${c.a} − ${c.b}${c.group && ` (${c.group})`}: ${differenceText(c, measure)} (${c.seeds} seeds)`;
  return power === '' ? text : `${text}; ${power}`;
}

/** In how many comparisons the first arm is better, in one sentence. */
export function counted(rows: readonly Row[]): { mark: Mark | null; sentence: string } {
  if (rows.length === 0) return { mark: null, sentence: 'not measured' };
  const outcomes = rows.map(({ comparison, measure }) => outcomeOf(comparison, measure));
  const count = (wanted: string): number => outcomes.filter((outcome) => outcome === wanted).length;
  const [better, worse] = [count('better'), count('worse')];
  const alone = count('better alone') + count('worse alone');
  const left = rows.length - better - worse;
  const names = [...new Set(rows.map(({ comparison }) => comparison.a))];
  const name = names.length === 1 ? names[0] : 'the first';
  const only = alone > 0 ? ` (${alone} would be one taken alone)` : '';
  const sentence = `${name} is better in ${better}, worse in ${worse}, no clear difference in ${left} of ${rows.length} comparisons${only}`;
  return { mark: better === rows.length ? '✔' : better > 0 ? '◐' : '✘', sentence };
}

function medianLines(
  { measures, arms }: Results,
  wanted: readonly string[],
  only: (group: string) => boolean,
): string[] {
  return measures
    .filter(({ key }) => wanted.includes(key))
    .map((m) => {
      const shown = arms.filter((arm) => only(arm.group) && Number.isFinite(arm.medians[m.key] ?? Number.NaN));
      const each = shown.map(
        (arm) => `${arm.name}${arm.group && ` (${arm.group})`} ${valueText(arm.medians[m.key], m)}`,
      );
      return `${m.title}, medians: ${each.join(', ')}`;
    });
}

/** What was chosen for each arm that had a choice. */
function chosenLines({ arms }: Results): string[] {
  const each = arms
    .filter((arm) => (arm.choices?.length ?? 0) > 1)
    .map((arm) => `${armTitle(arm)}: ${settingsText(arm.settings)}`);
  return each.length > 0 ? [`chosen: ${each.join('; ')}`] : [];
}
