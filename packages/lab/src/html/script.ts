/**
 * What makes charts answer, in every document; without it they are as they are. A legend's names hide and show their lines;
 * over a plot, or with the arrow keys on it, a line of text says what the lines are worth there.
 */
export const SCRIPT = `
for (const figure of document.querySelectorAll('figure')) {
  const svg = figure.querySelector('svg[data-x]');
  const keys = [...figure.querySelectorAll('.legend > span')];
  if (!svg) continue;
  const lines = keys.map((key, i) => ({
    name: key.textContent,
    parts: [...svg.querySelectorAll('[data-series="' + i + '"]')],
    shown: true,
  }));
  for (const line of lines) line.points = pointsOf(line.parts);
  if (keys.length > 1) keys.forEach((key, i) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...key.childNodes);
    button.setAttribute('aria-pressed', 'true');
    button.addEventListener('click', () => {
      lines[i].shown = !lines[i].shown;
      button.setAttribute('aria-pressed', String(lines[i].shown));
      for (const part of lines[i].parts) part.style.display = lines[i].shown ? '' : 'none';
    });
    key.append(button);
  });
  const out = document.createElement('output');
  out.className = 'values';
  svg.after(out);
  const rule = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  rule.setAttribute('stroke', 'currentColor');
  rule.setAttribute('stroke-opacity', '0.5');
  svg.append(rule);
  const [xs, ys] = [svg.dataset.x, svg.dataset.y].map((text) => JSON.parse(text));
  const all = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  let at = -1;
  const show = (index) => {
    at = Math.max(0, Math.min(all.length - 1, index));
    const x = all[at];
    rule.setAttribute('d', 'M' + x + ' ' + ys.range[1] + 'V' + ys.range[0]);
    const near = lines.filter(({ shown, points }) => shown && points.length > 0).map(({ name, points }) => {
      const [px, py] = points.reduce((a, b) => (Math.abs(b[0] - x) < Math.abs(a[0] - x) ? b : a));
      return Math.abs(px - x) < 8 ? name + ' ' + digits(value(ys, py)) : '';
    }).filter(Boolean);
    out.textContent = svg.dataset.name + ' ' + digits(value(xs, x)) + ': ' + near.join(', ');
  };
  const hide = () => { rule.removeAttribute('d'); out.textContent = ''; };
  svg.addEventListener('pointermove', ({ clientX, clientY }) => {
    const { x } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    show(all.reduce((best, px, i) => (Math.abs(px - x) < Math.abs(all[best] - x) ? i : best), 0));
  });
  svg.addEventListener('pointerleave', hide);
  svg.tabIndex = 0;
  svg.addEventListener('blur', hide);
  svg.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(at + step);
  });
}
function pointsOf(parts) {
  return parts.flatMap((part) => [...part.querySelectorAll('path')].flatMap((path) =>
    [...(path.getAttribute('d') || '').matchAll(/(-?[\\d.e+-]+),(-?[\\d.e+-]+)/g)].map(([, x, y]) => [+x, +y])));
}
function value({ domain: [a, b], range: [p, q], log }, px) {
  const t = (px - p) / (q - p);
  return log ? a * (b / a) ** t : a + (b - a) * t;
}
function digits(x) {
  const small = Math.abs(x) < 1e-3 && x !== 0;
  return (small || Math.abs(x) >= 1e5 ? x.toExponential(1) : String(+x.toPrecision(3))).replaceAll('-', '−');
}
`;
