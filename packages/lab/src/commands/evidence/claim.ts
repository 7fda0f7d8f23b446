import { type Comparison, judgedTogether } from '../../studies/compare.js';
import type { Measure } from '../../studies/types.js';

/** A comparison with the measure that it is of. */
export interface Row {
  comparison: Comparison;
  measure: Measure;
}

/** ✔ all that was measured speaks for it, ◐ a part, ✘ nothing, or the opposite; null: not measured. */
export type Mark = '✔' | '◐' | '✘';

/** Something that people say about GELU, and what was measured. */
export interface Claim {
  claim: string;
  mark: Mark | null;
  /** What follows, in one sentence. */
  sentence: string;
  /** What is drawn. */
  rows: Row[];
  /** Lines of Markdown. */
  details: string[];
  /** The study, whose report is linked. */
  study: string | null;
  /** What repeats it. */
  command: string | null;
}

/** A claim before its comparisons are judged. */
export interface Draft extends Pick<Claim, 'claim' | 'rows' | 'study' | 'command'> {
  /** Of the rows, in their order, judged together with those of all claims. */
  conclude(rows: readonly Row[]): Pick<Claim, 'mark' | 'sentence' | 'details'>;
}

/** A claim of which nothing was measured. */
export function notMeasured(claim: string, command: string | null): Draft {
  const conclude: Draft['conclude'] = () => ({ mark: null, sentence: 'not measured', details: [] });
  return { claim, rows: [], study: null, command, conclude };
}

/** The claims; every comparison of the page counts against every other. */
export function concluded(drafts: readonly Draft[]): Claim[] {
  const judged = judgedTogether(drafts.flatMap(({ rows }) => rows.map(({ comparison }) => comparison)));
  let at = 0;
  return drafts.map(({ conclude, ...draft }) => {
    const rows = draft.rows.map(({ measure }) => ({ measure, comparison: judged[at++] }));
    return { ...draft, rows, ...conclude(rows) };
  });
}
