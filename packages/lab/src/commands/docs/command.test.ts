import { type Activation, activation, activations } from 'gelu';
import { describe, expect, it } from 'vitest';
import { familyResults } from '../../implementations/exhaustive.js';
import { activationMarkdown, activationPlot, slug } from './activation-markdown.js';
import { comparisonMarkdown } from './comparison-markdown.js';
import { measure } from './measure.js';

const figures = { valueUlp: 0.5, derivativeUlp: 0.5, relativeTime: 1 };

describe.each(activations.map((definition): [string, Activation] => [definition.layer, definition]))(
  '%s',
  (layer, definition) => {
    it('has a page with its formula, facts and names', () => {
      const text = activationMarkdown(definition, figures);
      expect(text).toContain(`# ${layer}\n`);
      expect(text).toContain(definition.formula);
      expect(text).toContain('| range |');
      for (const { name } of definition.aliases) expect(text).toContain(`\`${name}\``);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    });

    it('has a plot with three lines', () => {
      const plot = activationPlot(definition);
      expect(plot).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      expect(plot.match(/<path[^>]*stroke-width|<path fill="none"|aria-label="line"/g)?.length).toBeGreaterThanOrEqual(
        3,
      );
      expect(plot).not.toContain('NaN');
    });
  },
);

it('the comparison names every activation and links to its page', () => {
  const text = comparisonMarkdown(new Map(activations.map((definition) => [definition, figures])));
  for (const definition of activations) expect(text).toContain(`[${definition.layer}](${slug(definition)}.md)`);
  expect(text).not.toMatch(/undefined|NaN/);
});

it('measures float32 against float64', () => {
  const [gelu] = activations;
  const measured = measure([gelu]).get(gelu);
  expect(measured?.valueUlp).toBeLessThanOrEqual(0.5);
  expect(measured?.valueUlp).toBeGreaterThan(0.49);
  expect(measured?.relativeTime).toBeGreaterThan(0);
});

it('says what trying all inputs found, of every activation that is in the log', () => {
  const log = familyResults();
  expect(log.length).toBeGreaterThan(20);
  for (const definition of activations.slice(1)) {
    const { key } = activation(definition.name);
    const logged = log.filter((found) => found.function === key).length;
    const text = activationMarkdown(definition, figures, log);
    expect(text.match(/all 2³² inputs/g)?.length ?? 0, definition.name).toBe(logged);
  }
  for (const { inputs, worst, special } of log) expect([inputs, special, worst < 0.54]).toEqual([2 ** 32, 0, true]);
});
