/** What is measured of the kernels, by the names in `kernels`: number by number what a child is asked for. */
export const FORMS = [
  'correct none',
  'fast none',
  'correct backward',
  'fast backward',
  'float64 none',
  'float64 backward',
] as const;

/** What a child says when it is ready to be asked. */
export interface Ready {
  version: string;
}
