import { INITIALIZATIONS } from '../flow/initialization.js';
import { type Html, html } from '../html/html.js';

/** What the page's own elements need beside the style of the reports. */
export const PAGE_STYLE = `
form { display: flex; flex-wrap: wrap; gap: 10px 18px; align-items: end; margin: 14px 0; }
fieldset { border: 1px solid var(--line); border-radius: 10px; background: var(--card); padding: 8px 14px 12px; margin: 0; min-width: 0;
  display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: end; }
legend { font-size: 13px; color: var(--soft); padding: 0 4px; }
label { display: inline-flex; flex-direction: column; gap: 3px; font-size: 13.5px; color: var(--soft); }
.slider { display: grid; grid-template-columns: auto 1fr; gap: 3px 5px; font-size: 13.5px; color: var(--soft); } .slider input { grid-column: 1 / 3; }
label.check { flex-direction: row; gap: 7px; align-items: center; min-height: 38px; }
input, select, button { font: inherit; color: var(--ink); background: var(--page); border: 1px solid var(--line); border-radius: 7px; padding: 6px 9px; min-height: 38px; }
input[type=range] { padding: 0; width: 150px; accent-color: var(--accent); } input[type=checkbox] { min-height: 0; width: 18px; height: 18px; accent-color: var(--accent); }
input[type=number] { width: 96px; } button { cursor: pointer; } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
progress { width: 100%; height: 6px; accent-color: var(--accent); } [role=alert]:empty { display: none; } [role=alert] { color: var(--c-orange); }
`;

const slider = (name: string, label: string, least: number, most: number, step: number, value: number): Html =>
  html`<div class="slider"><label for="at-${name}">${label}:</label> <output name="${name}-shown" for="at-${name}">${value}</output>
<input type="range" id="at-${name}" name="${name}" min="${least}" max="${most}" step="${step}" value="${value}"></div>`;
const check = (name: string, label: string): Html =>
  html`<label class="check"><input type="checkbox" name="${name}">${label}</label>`;
const select = (name: string, label: string, values: readonly (string | number)[], chosen: string | number): Html =>
  html`<label>${label}<select name="${name}">${values.map((v) => (v === chosen ? html`<option selected>${v}</option>` : html`<option>${v}</option>`))}</select></label>`;

/** The body of the page; what changes is drawn into the elements with an id. */
export const BODY: Html = html`<header><h1>What an activation does</h1>
<p class="soft">Everything is computed in this page, with the library itself. Nothing is loaded and nothing leaves it.</p></header>
<section aria-labelledby="h-functions"><h2 id="h-functions">The functions</h2>
<form id="chooser"></form>
<form id="range">${slider('reach', 'range of x, ±', 1, 12, 0.5, 5)}</form>
<p role="alert" id="problem"></p>
<div class="panels" id="functions"></div>
<div class="wrap" id="facts"></div></section>
<section aria-labelledby="h-stochastic"><h2 id="h-stochastic">The stochastic form</h2>
<p>GELU is the mean of a random gate: x·m, where m is 1 with probability Φ(x) and else 0. Few draws scatter; their average tends to GELU.</p>
<form id="draws">${slider('draws', 'draws at each x', 0, 4, 0.5, 0)}<button type="button" name="again">Draw again</button></form>
<div id="stochastic"></div></section>
<section aria-labelledby="h-flow"><h2 id="h-flow">Flow through depth</h2>
<p>A stack of dense layers at its initialization, with the activations chosen above: what is left of a signal of size 1 that goes in below, and of a gradient of size 1 that goes in at the top.</p>
<form id="flow-choices">${slider('depth', 'depth', 2, 100, 1, 30)}${select('width', 'width', [16, 32, 64, 128], 32)}${select('init', 'initialization', Object.keys(INITIALIZATIONS), 'he')}${slider('gain', 'gain', 0.5, 2, 0.05, 1)}${check('residual', 'residual')}${check('normalize', 'layer norm')}</form>
<progress id="flow-progress" max="1" value="0" aria-label="computing the flow"></progress>
<div class="panels" id="flow"></div></section>
<section aria-labelledby="h-tail"><h2 id="h-tail">The negative tail</h2>
<p>Written as ½·x·(1 + erf(x/√2)) GELU loses its digits below 0: 1 + erf cancels, and from some x on only 0 is left. With erfc the argument is rounded before it is squared. Errors in units in the last place of the exact value; 0.5 is what rounding costs.</p>
<form id="tail-choices">${select('type', 'format', ['float32', 'float64'], 'float32')}</form>
<div id="tail"></div></section>`;
