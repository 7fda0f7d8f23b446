import { type Activation, activations } from 'gelu';
import { describe, expect, it } from 'vitest';
import { activationPage, activationPlot, slug } from './activation-page.js';
import { comparisonPage } from './comparison-page.js';
import { measure } from './measure.js';

const figures = { valueUlp: 0.5, derivativeUlp: 0.5, relativeTime: 1 };

describe.each(activations.map((definition): [string, Activation] => [definition.layer, definition]))(
  '%s',
  (layer, definition) => {
    it('has a page with its formula, facts and names', () => {
      const page = activationPage(definition, figures);
      expect(page).toContain(`# ${layer}\n`);
      expect(page).toContain(definition.formula);
      expect(page).toContain('| range |');
      for (const { name } of definition.aliases) expect(page).toContain(`\`${name}\``);
      expect(page).not.toMatch(/undefined|NaN|\[object/);
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
  const page = comparisonPage(new Map(activations.map((definition) => [definition, figures])));
  for (const definition of activations) expect(page).toContain(`[${definition.layer}](${slug(definition)}.md)`);
  expect(page).not.toMatch(/undefined|NaN/);
});

it('measures float32 against float64', () => {
  const [gelu] = activations;
  const measured = measure([gelu]).get(gelu);
  expect(measured?.valueUlp).toBeLessThanOrEqual(0.5);
  expect(measured?.valueUlp).toBeGreaterThan(0.49);
  expect(measured?.relativeTime).toBeGreaterThan(0);
});
