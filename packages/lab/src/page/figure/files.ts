import type { Shown } from '../plane/context.js';
import { drawn } from '../plane/draw.js';

/** The colours of the page as they are, by name. */
function colours(of: Element): (name: string) => string {
  const style = getComputedStyle(of);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);

/** What is drawn with the page's variables, with the colours of the moment instead. */
function painted(svg: SVGSVGElement, colour: (name: string) => string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const element of copy.querySelectorAll('.cross, .handle')) element.remove();
  return copy.innerHTML.replace(/var\(--([\w-]+)\)/g, (_, name) => colour(name));
}

/** The figure as an SVG file: its title, its legend, its planes as they stand on the page. */
export function svgOf(
  title: string,
  legend: readonly { name: string; color: string }[],
  planes: readonly Shown[],
): string {
  const boxes = planes.map(({ box }) => box.getBoundingClientRect());
  const left = Math.min(...boxes.map((b) => b.left));
  const top = Math.min(...boxes.map((b) => b.top));
  const width = Math.max(...boxes.map((b) => b.right)) - left;
  const head = 56;
  const height = Math.max(...boxes.map((b) => b.bottom)) - top + head;
  const colour = colours(planes[0].box);
  const parts = planes.map(({ props, sx, sy, svg, overlay }, i) => {
    const { left: x, top: y, width: w, height: h } = boxes[i];
    const clip = `<clipPath id="clip${i}"><rect x="46" y="6" width="${w - 58}" height="${h - 12}"/></clipPath>`;
    const curves = drawn(props.curves, sx, sy, (name) => colour(`c-${name}`));
    return `<g transform="translate(${x - left} ${y - top + head})">${clip}<g class="axes">${painted(svg, colour)}</g><g clip-path="url(#clip${i})">${curves}</g><g class="axes">${painted(overlay, colour)}</g></g>`;
  });
  let x = 14;
  const keys = legend.map(({ name, color }) => {
    const at = x;
    x += 36 + 7 * name.length;
    return `<path d="M${at} 40h20" stroke="${colour(`c-${color}`)}" stroke-width="3"/><text x="${at + 26}" y="44" class="key">${escaped(name)}</text>`;
  });
  const style = `text{font:12px system-ui,sans-serif;fill:${colour('soft')}} .head{font-size:15px;font-weight:600;fill:${colour('ink')}} .key{fill:${colour('ink')}} .grid{stroke:${colour('line')}} .zero{stroke:${colour('soft')};opacity:.6} .rule{stroke:${colour('soft')};stroke-dasharray:2 3} .axes path{fill:none} .guide{stroke:${colour('soft')};stroke-dasharray:3 3} .bar{stroke:${colour('c-blue')};stroke-width:9} .whole{opacity:.16} .mark{fill:${colour('card')};stroke:${colour('c-orange')};stroke-width:2.5} .note{fill:${colour('ink')}} .strong{fill:${colour('c-blue')};font-size:15px;font-weight:650}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title).replaceAll('"', '&quot;')}"><style>${style}</style><rect width="100%" height="100%" fill="${colour('card')}"/><text class="head" x="14" y="24">${escaped(title)}</text>${keys.join('')}${parts.join('')}</svg>\n`;
}

/** An SVG as a PNG, twice as large. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG can be made here'))), 'image/png'),
  );
}

/** The points of all curves: plane, curve, x, y, with all their digits. */
export function csvOf(planes: readonly Shown[]): string {
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = planes.flatMap(({ props: { y, curves } }) =>
    curves.flatMap((curve) =>
      Array.from(curve.x, (x, i) => `${quoted(y.label)},${quoted(curve.name)},${x},${curve.y[i]}`),
    ),
  );
  return `axis,curve,x,y\n${lines.join('\n')}\n`;
}

/** Hands a file to the browser's downloads. */
export function save(name: string, content: Blob | string, type = 'text/plain'): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Puts text on the clipboard; also where a page has no permission for that. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
