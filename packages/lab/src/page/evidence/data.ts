/** What a study or a run found, as it travels in the page. */
export interface StudyData {
  name: string;
  title: string;
  /** What was done, and which part of the whole experiment it was. */
  about: string;
  share: string;
  /** What the paper reports; '' for nothing. */
  paper: string;
  /** Given by the reader with `--run`. */
  own: boolean;
  comparisons: ComparisonData[];
  curves: CurvesData[];
}

/** A difference between two activations with its 95 % interval. */
export interface ComparisonData {
  measure: string;
  /** 'GELU − ReLU, 8 layers' */
  pair: string;
  /** In the unit of the measure; null where there is none. */
  difference: number | null;
  low: number | null;
  high: number | null;
  /** The same in words, and what follows. */
  text: string;
  verdict: string;
  seeds: number;
}

/** Learning curves of one kind. */
export interface CurvesData {
  title: string;
  unit: string;
  lines: { name: string; x: number[]; y: number[] }[];
}

/** The id of the element that holds it as JSON. */
export const EVIDENCE = 'evidence-data';

let studies: StudyData[] | undefined;

/** What this page holds; the reader's own run first. */
export function studiesHere(): StudyData[] {
  studies ??= JSON.parse(globalThis.document?.getElementById(EVIDENCE)?.textContent || '[]') as StudyData[];
  return studies;
}
