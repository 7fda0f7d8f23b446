import type { VNode } from 'preact';
import { fitted } from '../compare/curves.js';
import { Select } from '../controls.js';
import { CodeBlock, Figure } from '../figure/figure.js';
import { type Curve, styleOf } from '../plane/curve.js';
import { Plane } from '../plane/plane.js';
import { Section } from '../section.js';
import { study } from '../state/state.js';
import { type ComparisonData, type CurvesData, type StudyData, studiesHere } from './data.js';

export function EvidenceSection(): VNode {
  return (
    <Section
      id="evidence"
      title="What was measured"
      lead={
        <p>
          The experiments of the GELU paper and others, run again with this lab: differences between activations over
          the same seeds, with 95 % intervals. Left of 0 the first has less; where an interval holds 0, nothing was
          shown. Short runs show how training begins, not how it ends.
        </p>
      }
    >
      <Studies />
      <Cite />
    </Section>
  );
}

function Studies(): VNode {
  const all = studiesHere();
  const shown = all.find(({ name }) => name === study.value) ?? all[0];
  if (!shown) return <p>This copy of the page holds no studies.</p>;
  return (
    <>
      <div class="row">
        <Select
          label="study"
          value={shown.name}
          options={all.map(({ name }) => name)}
          onChange={(name) => {
            study.value = name;
          }}
        />
      </div>
      <p class="hint sub">
        {shown.about} {shown.share}. {shown.paper === '' ? '' : `The paper: ${shown.paper}`}
      </p>
      <Figure at="evidence" title={title(shown)} csv={() => csv(shown)} pictures={shown.curves.length > 0}>
        <Intervals comparisons={shown.comparisons} />
        {shown.curves.length > 0 ? (
          <div class="curves">
            {shown.curves.map((curves) => (
              <Lines key={curves.title} {...curves} />
            ))}
          </div>
        ) : null}
      </Figure>
    </>
  );
}

const decided = ({ low, high }: ComparisonData): boolean => low !== null && high !== null && (low > 0 || high < 0);

function title({ title: name, comparisons, own }: StudyData): string {
  const whose = own ? 'your run' : '';
  if (comparisons.length === 0) return [name, whose].filter(Boolean).join(', ');
  const clear = comparisons.filter(decided).length;
  return `${name}${own ? `, ${whose}` : ''}: ${clear} of ${comparisons.length} intervals leave out 0`;
}

/** A row for each comparison; the intervals of a measure share their scale. */
function Intervals({ comparisons }: { comparisons: readonly ComparisonData[] }): VNode | null {
  const measures = [...new Set(comparisons.map(({ measure }) => measure))];
  if (measures.length === 0) return null;
  return (
    // biome-ignore-start lint/a11y: what scrolls must be reached by the keyboard, and a section would be a part of the page
    <div class="scroll" role="region" aria-label="Differences and their intervals" tabIndex={0}>
      {/* biome-ignore-end lint/a11y: as above */}
      <table class="intervals">
        <thead>
          <tr>
            <th scope="col">difference</th>
            <th scope="col">less … more</th>
            <th scope="col">mean [95 % interval]</th>
            <th scope="col">what follows</th>
          </tr>
        </thead>
        {measures.map((measure) => {
          const rows = comparisons.filter((c) => c.measure === measure);
          const ends = rows.flatMap(({ low, high, difference }) => [low ?? 0, high ?? 0, difference ?? 0]);
          const reach = Math.max(...ends.map(Math.abs), 1e-12) * 1.05;
          return (
            <tbody key={measure}>
              <tr>
                <th scope="rowgroup" colSpan={4}>
                  {measure}
                </th>
              </tr>
              {rows.map((row) => (
                <tr key={row.pair}>
                  <td>{row.pair}</td>
                  <td>
                    <Interval {...row} reach={reach} />
                  </td>
                  <td>{row.text}</td>
                  <td>
                    {row.verdict} ({row.seeds} {row.seeds === 1 ? 'seed' : 'seeds'})
                  </td>
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}

function Interval(row: ComparisonData & { reach: number }): VNode {
  const { low, high, difference, reach } = row;
  const at = (value: number): number => 100 + (100 * value) / reach;
  const color = `var(--c-${decided(row) ? (difference! < 0 ? 'blue' : 'orange') : 'grey'})`;
  return (
    <svg viewBox="0 0 200 20" class="interval" aria-hidden="true">
      <path d="M100 0v20" class="zero" />
      {low === null || high === null ? null : (
        <path d={`M${at(low)} 10H${at(high)}`} style={{ stroke: color }} class="span" />
      )}
      {difference === null ? null : <circle cx={at(difference)} cy={10} r={4} style={{ fill: color }} />}
    </svg>
  );
}

/** Learning curves, on a logarithmic axis where they allow it. */
function Lines({ title: name, unit, lines }: CurvesData): VNode {
  const curves = lines.map((line, i): Curve => ({ ...line, ...styleOf(i) }));
  const log = lines.every(({ y }) => y.every((value) => value > 0));
  const last = Math.max(1, ...lines.flatMap(({ x }) => x));
  const said = lines.map(({ name: line, y }) => `${line} ends at ${y.at(-1)?.toPrecision(3)}`).join(', ');
  return (
    <Plane
      label={`${name}: ${said}`}
      x={{ domain: [0, last], label: 'step' }}
      y={{ domain: fitted(curves, log), label: `${name}, ${unit}`, log }}
      curves={curves}
    />
  );
}

function csv({ comparisons, curves }: StudyData): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = comparisons.map((c) =>
    [
      quoted(c.measure),
      quoted(c.pair),
      c.difference ?? '',
      c.low ?? '',
      c.high ?? '',
      c.seeds,
      quoted(c.verdict),
    ].join(),
  );
  const points = curves.flatMap(({ title: name, lines }) =>
    lines.flatMap((line) => line.x.map((x, i) => [quoted(name), quoted(line.name), x, line.y[i]].join())),
  );
  const tables = [
    rows.length > 0 ? `measure,difference of,mean,low,high,seeds,verdict\n${rows.join('\n')}\n` : '',
    points.length > 0 ? `curve,line,step,value\n${points.join('\n')}\n` : '',
  ];
  return tables.filter(Boolean).join('\n');
}

const BIBTEX = `@article{hendrycks2016gelu,
  title = {Gaussian Error Linear Units (GELUs)},
  author = {Dan Hendrycks and Kevin Gimpel},
  journal = {arXiv preprint arXiv:1606.08415},
  year = {2016}
}`;

/** The paper, how to cite it, and how to get what computed all this. */
function Cite(): VNode {
  return (
    <div class="sub">
      <h3>The paper, and this library</h3>
      <p>
        Dan Hendrycks and Kevin Gimpel,{' '}
        <a href="https://arxiv.org/abs/1606.08415" rel="noopener">
          Gaussian Error Linear Units (GELUs)
        </a>
        , 2016.
      </p>
      <CodeBlock name="BibTeX" text={BIBTEX} />
      <CodeBlock name="Install the library" text="npm install gelu" />
      <CodeBlock name="Install the lab, which makes this page and runs the studies" text="npm install gelu-lab" />
    </div>
  );
}
