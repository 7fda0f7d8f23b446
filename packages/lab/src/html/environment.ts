import type { Environment } from '../run/environment.js';
import { type Html, html } from './html.js';

/** The machine and the versions of a run. */
export function environmentFacts({ node, system, processor, cores, memoryGiB, packages }: Environment): Html {
  const rows: [string, string][] = [
    ['processor', `${processor}, ${cores} cores, ${memoryGiB} GiB`],
    ['system', system],
    ['node', node],
    ...Object.entries(packages),
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
