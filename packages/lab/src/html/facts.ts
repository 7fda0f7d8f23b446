import { activation, type Bound, type Facts } from 'gelu';

/** Six significant digits. */
export function number(x: number): string {
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  return String(Number(x.toPrecision(6)) + 0).replace('-', '−');
}

/** In words: C∞, or how many derivatives are continuous and where that ends. */
export function smoothness({ smoothness: k, kinks }: Facts): string {
  if (k === Infinity) return 'C∞';
  return `${k < 0 ? 'jumps' : `C${k}`} at x = ${kinks.map(number).join(', ')}`;
}

/** What is true of the function, by name, in words. */
export function factRows(facts: Facts): [name: string, value: string][] {
  const { range, minimum, below, above } = facts;
  const [open, close] = [range.attains[0] ? '[' : '(', range.attains[1] ? ']' : ')'];
  return [
    ['range', `${open}${number(range.low)}, ${number(range.high)}${close}`],
    ['minimum', minimum === null ? 'none' : `${number(minimum.value)} at x = ${number(minimum.x)}`],
    [
      'zeros',
      facts.zeros.map(([from, to]) => (from === to ? number(from) : `[${number(from)}, ${number(to)}]`)).join(', ') ||
        'none',
    ],
    ['monotone', facts.monotone],
    ['smoothness', smoothness(facts)],
    ['convex', facts.convex ? 'yes' : 'no'],
    ['largest slope (Lipschitz constant)', number(facts.lipschitz)],
    ['at −∞', `value ${number(below.value)}, slope ${number(below.slope)}`],
    ['at +∞', `value ${number(above.value)}, slope ${number(above.slope)}`],
  ];
}

/** The facts of several activations with their formulas and origins: a row holds its name and a cell for each. */
export function factTable(bounds: readonly Bound[]): string[][] {
  const columns = bounds.map(({ definition, parameters }) => {
    const { formula, origin } = definition;
    const facts = definition.facts?.(parameters);
    return new Map([
      ['formula', formula],
      ...(facts === undefined ? [] : factRows(facts)),
      ['year', origin ? String(origin.year) : '–'],
      ['paper', origin ? `${origin.paper.authors}: ${origin.paper.title}` : '–'],
      ['used by', origin?.usedBy.join(', ') || '–'],
    ]);
  });
  const names = factRows(activation('gelu').definition.facts!(activation('gelu').parameters)).map(([name]) => name);
  const all = ['formula', ...names, 'year', 'paper', 'used by'];
  return all.map((name) => [name, ...columns.map((column) => column.get(name) ?? '–')]);
}
