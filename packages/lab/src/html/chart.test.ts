import { expect, test } from 'vitest';
import { chart } from './chart.js';
import { html, table } from './html.js';

const base = { title: 'T', x: 'x', y: 'y' };

test('draws one path for each series, in its colour', () => {
  const { text } = chart({
    ...base,
    series: [
      {
        name: 'a',
        color: 'var(--c-blue)',
        points: [
          [0, 0],
          [1, 1],
        ],
      },
      {
        name: 'b',
        color: 'var(--c-green)',
        dashed: true,
        points: [
          [0, 1],
          [1, 0],
        ],
      },
    ],
  });
  expect(text).toContain('aria-label="T"');
  expect(text.match(/aria-label="line"/g)).toHaveLength(2);
  expect(text).toMatch(/stroke-dasharray="5,3"[^>]*stroke="var\(--c-green\)"/);
});

test('a log axis leaves out zeros and labels 1, 2, 5 over a short range', () => {
  const points: [number, number][] = [
    [0, 0],
    [1, 0.5],
    [2, 4],
  ];
  const { text } = chart({ ...base, logY: true, series: [{ name: 'a', color: 'var(--c-blue)', points }] });
  for (const label of ['0.5', '1', '2']) expect(text).toContain(`>${label}</text>`);
  expect(text).not.toContain('NaN');
});

test('text is escaped, in attributes too', () => {
  expect(html`<b title="${'"'}">${['<', 1, html`<i></i>`]}</b>`.text).toBe('<b title="&quot;">&lt;1<i></i></b>');
  expect(table([{ title: 'a&b' }], [['<x>']]).text).toMatch(/a&amp;b.*&lt;x&gt;/s);
});
