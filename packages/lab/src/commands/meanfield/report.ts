import { type Chart, chart, chartSvg, INK, svgFile } from '../../html/chart.js';
import { htmlDocument } from '../../html/document.js';
import { html, table } from '../../html/html.js';
import { lineStyle } from '../../html/palette.js';
import type { Field } from './measure.js';
import { cells, sentence } from './text.js';

const SOURCES =
  'Poole et al. 2016 (arXiv 1606.05340), Schoenholz et al. 2017 (arXiv 1611.01232), Hayou et al. 2019 (arXiv 1902.06853)';

/** The edge of chaos of each activation: below its line signals and gradients die, above it near inputs part. */
function phases(fields: readonly Field[]): Chart {
  return {
    title: 'Edge of chaos',
    caption:
      'Below a line gradients vanish (order), above it they explode (chaos). ReLU has one point, without biases.',
    x: 'standard deviation of the biases',
    y: 'of the weights, times √inputs',
    xDomain: [0, 1],
    yDomain: [0.8, 2.4],
    width: 560,
    height: 380,
    series: fields.map(({ label, edge }, i) => ({
      name: label,
      ...lineStyle(i),
      dots: edge.every(({ biasStd }) => biasStd === 0),
      points: edge.filter((p) => p.biasStd <= 1).map(({ biasStd, weightStd }) => [biasStd, weightStd] as const),
    })),
  };
}

/** The phase diagram as a file. */
export function fieldSvg(fields: readonly Field[]): string {
  return svgFile(chartSvg(phases(fields), INK));
}

/** Gains and phase diagram as a page that loads nothing. */
export function fieldHtml(fields: readonly Field[]): string {
  const columns = ['activation', 'forward', 'of He’s', 'backward', 'critical', 'biases'];
  return htmlDocument(
    'GELU lab: mean-field theory',
    html`<header><h1>Mean-field theory of activations</h1></header>
<p>Wide dense networks at their initialization; weights are normal with standard deviation gain/√inputs, the variance of what the activation is given is ${fields[0].q}. After ${SOURCES}.</p>
${table(
  columns.map((title, i) => ({ title, text: i === 0 })),
  fields.map(cells),
)}
${chart(phases(fields))}
<ul>${fields.map((field) => html`<li>${sentence(field)}</li>`)}</ul>`,
  );
}

/** docs/gains.md. */
export function gainsMarkdown(fields: readonly Field[]): string {
  return `# Gains for initial weights

Written by \`gelu-lab meanfield --all --out docs/gains.md\`. Weights are normal with standard deviation gain/√inputs, the variance of what the
activation is given is ${fields[0].q}. *Forward* keeps the variance of the signal: 1/√E[f(z)²], z normal; *backward* that of the gradient:
1/√E[f′(z)²]; *critical* both, together with biases of the standard deviation in the last column (edge of chaos); – where no biases do. *Of He's* is
the forward gain over √2, which is ReLU's. In the library: \`gain('gelu')\`, \`gain('gelu', { keep: 'backward' })\`, \`MeanField\`. After ${SOURCES}.

| activation | forward | of He's | backward | critical | biases |
|---|---|---|---|---|---|
${fields.map((field) => `| ${cells(field).join(' | ')} |`).join('\n')}

With a residual connection, x + f(W·x), the variance grows in each layer whatever the gain: divide the gain by √layers
(\`gain('gelu', { residualLayers: 24 })\`). After layer norm the activation is given variance gain², whatever came before: any gain keeps the signal.
PyTorch's \`calculate_gain\` has 5/3 for tanh, 1 for sigmoid and 3/4 for SELU, by convention (\`{ source: 'PyTorch' }\`).
`;
}
