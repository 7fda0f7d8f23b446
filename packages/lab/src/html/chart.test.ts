import { expect, test } from 'vitest';
import { chart, stackedSvg } from './chart.js';
import { folded, html, table } from './html.js';
import { lineStyle } from './palette.js';
import { STYLE } from './style.js';

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
  expect(text.match(/data-series="\d"/g)).toHaveLength(2);
  expect(text).toMatch(/stroke-dasharray="5 3"[^>]*stroke="var\(--c-green\)"/);
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

test('nothing is drawn where there is nothing to draw: no panel, no name in the legend', () => {
  const empty = { name: 'empty', color: 'red', points: [[0, Number.NaN]] as [number, number][] };
  const full = { name: 'full', color: 'red', points: [[0, 1]] as [number, number][] };
  expect(chart({ ...base, series: [empty] }).text).toBe('');
  expect(chart({ ...base, logY: true, series: [{ ...full, points: [[0, 0]] }] }).text).toBe('');
  expect(chart({ ...base, series: [empty, full] }).text).not.toContain('empty');
});

test('the legend of a file stays within its width', () => {
  const series = Array.from({ length: 12 }, (_, i) => ({
    name: `an activation of some length ${i}`,
    color: 'red',
    points: [
      [0, 0],
      [1, i],
    ] as [number, number][],
  }));
  const svg = stackedSvg([{ ...base, width: 640, series }]);
  for (const [, x, name] of svg.matchAll(/<text x="(\d+)" y="\d+" font-size="12">([^<]*)</g))
    expect(Number(x) + 6 * name.length).toBeLessThan(640);
});

/** The contrast of WCAG. */
function contrast(a: string, b: string): number {
  const light = (hex: string): number => {
    const [r, g, blue] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test('colours of lines and text meet AA as text, in light, dark and print', () => {
  const themes = STYLE.split(':root').slice(1);
  expect(themes).toHaveLength(3);
  for (const theme of themes) {
    const colors = new Map([...theme.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name, hex]) => [name, full(hex)]));
    for (const [name, color] of colors)
      if (!['page', 'card', 'line'].includes(name))
        for (const ground of ['page', 'card'])
          expect(contrast(color, colors.get(ground)!), `${name} ${color} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
});

const full = (hex: string): string => (hex.length === 7 ? hex : `#${[...hex.slice(1)].map((c) => c + c).join('')}`);

test('lines differ without their colours', () => {
  const dashes = Array.from({ length: 5 }, (_, i) => lineStyle(i).dash);
  expect(new Set(dashes).size).toBe(5);
  const all = Array.from({ length: 20 }, (_, i) => `${lineStyle(i).color} ${lineStyle(i).dash}`);
  expect(new Set(all).size).toBe(20);
});

test('tables and code scroll with the keyboard and have names', () => {
  expect(table([{ title: 'a' }, { title: '' }], [['1', '2']]).text).toMatch(
    /role="region" aria-label="[^"]+" tabindex="0"/,
  );
  expect(folded('Settings', { a: 1 }).text).toMatch(
    /^<details><summary>Settings<\/summary><pre role="region" [^>]*tabindex="0"/,
  );
});
