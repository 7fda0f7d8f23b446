import type { Results } from '../../studies/results.js';
import { differs, stepCostText } from '../../studies/step-cost.js';
import { stepCostLines, valueText } from '../../studies/text.js';
import { type Draft, notMeasured, type Row } from './claim.js';
import { commandOf, compared, counted, rowText } from './compared.js';

const STUDY = 'gelu-lab study forms';
const FRAMEWORK = 'GELU of ½x(1 + erf)';
/** Of test error; set after results had been seen, as the page says. */
const MARGIN = 0.005;

/** Whether the forms train alike: every interval of the test error within a margin. */
export function formsAlike(results: Results | undefined): Draft {
  const claim = 'The three forms of GELU train alike';
  if (results === undefined) return notMeasured(claim, STUDY);
  const draft = compared(claim, results, ['error']);
  const rows = draft.rows.filter(({ comparison }) => comparison.b.startsWith('GELU, '));
  return {
    ...draft,
    rows,
    conclude: (judged) => {
      const alike = judged.filter(({ comparison: c }) => c.low >= -MARGIN && c.high <= MARGIN);
      const names = (of: readonly Row[]): string => of.map(({ comparison }) => comparison.b).join(' and ');
      const margin = valueText(MARGIN, results.measures[0]);
      const open = judged.filter((row) => !alike.includes(row));
      const unsure = open.length > 0 ? `; of ${names(open)} ${judged[0].comparison.seeds} seeds cannot tell` : '';
      const found =
        alike.length > 0
          ? `${names(alike)} within ±${margin} of test error of the exact one`
          : 'None is known to be within the margin';
      return {
        mark: open.length === 0 ? '✔' : alike.length > 0 ? '◐' : '✘',
        sentence: `${found}${unsure}`,
        details: [`The margin of ±${margin} was set after results had been seen.`, ...judged.map(rowText)],
      };
    },
  };
}

/** Whether a GELU whose tail is right trains better than one whose tail is 0. */
export function rightTail(results: Results | undefined): Draft {
  const claim = 'A GELU whose tail is right trains better than a framework’s, whose tail is 0';
  if (results === undefined) return notMeasured(claim, STUDY);
  const draft = compared(claim, results, ['error', 'loss', 'trainLoss']);
  const rows = draft.rows.filter(({ comparison }) => comparison.b === FRAMEWORK);
  if (rows.length === 0) return notMeasured(claim, STUDY);
  return {
    ...draft,
    rows,
    conclude: (judged) => {
      const [error] = judged;
      const { sentence, mark } = counted(judged);
      const same = error.comparison.difference === 0 && error.comparison.deviation === 0;
      const much = differenceOf(judged);
      return {
        mark,
        sentence: same
          ? `The number of wrong test images is the same in all ${error.comparison.seeds} seeds; ${much}`
          : `${sentence}; ${much}`,
        details: judged.map(rowText),
      };
    },
  };
}

function differenceOf(rows: readonly Row[]): string {
  const loss = rows.find(({ measure }) => measure.key === 'loss')?.comparison;
  if (loss === undefined) return 'the loss was not measured';
  return `the mean test loss differs by ${Math.abs(loss.difference).toExponential(0).replace('-', '−')}`;
}

/** What a step costs with this library's GELU. */
export function cost(results: Results | undefined): Draft {
  const claim =
    'A training step with this library’s GELU costs less than with a framework’s, and no more than with ReLU';
  const costs = results?.config.stepCosts ?? {};
  const [framework, relu] = [costs[FRAMEWORK], costs.ReLU];
  if (results === undefined || framework === undefined || relu === undefined) return notMeasured(claim, STUDY);
  const [cheaper, even] = [differs(framework) && framework.ratio > 1, !differs(relu) || relu.ratio > 1];
  const sentence = `Relative to it a step costs ${stepCostText(framework)} with GELU of jax-js's operations, ${stepCostText(relu)} with ReLU`;
  const conclude: Draft['conclude'] = () => ({
    mark: cheaper && even ? '✔' : cheaper || even ? '◐' : '✘',
    sentence,
    details: stepCostLines(costs),
  });
  return { claim, rows: [], study: results.study, command: commandOf(results), conclude };
}
