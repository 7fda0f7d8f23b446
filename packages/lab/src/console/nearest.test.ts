import { expect, test } from 'vitest';
import { nearest } from './nearest.js';

const WORDS = ['tour', 'study', 'train', 'plot', 'page', 'compare', 'completion'];

test.each([
  ['tuor', 'tour'], // swapped
  ['stdy', 'study'], // left out
  ['plott', 'plot'], // added
  ['pagr', 'page'], // changed
  ['PLOT', 'plot'],
  ['compere', 'compare'],
  ['compl', 'completion'], // begun
])('%s: %s is meant', (word, meant) => {
  expect(nearest(word, WORDS)).toBe(meant);
});

test.each(['', 'x', 'quit', 'toString', 'benchmark'])('%s: none is near', (word) => {
  expect(nearest(word, WORDS)).toBeUndefined();
});
