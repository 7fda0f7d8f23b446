import type { Curve } from './curve.js';
import type { Scale } from './scale.js';

/** What a pen for canvases and one for SVG paths have in common. */
interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

const FAR = 1e5;

/** Moves the pen along a curve; what is not finite, or not positive on a log axis, interrupts it. */
export function trace(pen: Pen, { x, y }: Curve, sx: Scale, sy: Scale): void {
  let down = false;
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [sx.to(x[i]), sy.to(y[i])];
    if (!Number.isFinite(px) || Number.isNaN(py) || py === Infinity) {
      down = false;
      continue;
    }
    const inside = Math.min(FAR, Math.max(-FAR, py));
    if (down) pen.lineTo(px, inside);
    else pen.moveTo(px, inside);
    down = true;
  }
}

/** Draws the curves; `colour` gives a palette name's colour. */
export function draw(
  context: CanvasRenderingContext2D,
  curves: readonly Curve[],
  sx: Scale,
  sy: Scale,
  colour: (name: string) => string,
): void {
  for (const curve of curves) {
    const { kind = 'line', x, y } = curve;
    context.globalAlpha = curve.faint ? 0.45 : 1;
    context.strokeStyle = context.fillStyle = colour(curve.color);
    context.lineWidth = curve.width ?? 2;
    context.lineJoin = 'round';
    context.setLineDash(curve.dashed ? [6, 4] : []);
    context.beginPath();
    if (kind === 'dots') {
      const radius = curve.width ?? 2.2;
      for (let i = 0; i < x.length; i++) {
        const [px, py] = [sx.to(x[i]), sy.to(y[i])];
        if (!Number.isFinite(px) || !Number.isFinite(py)) continue;
        context.moveTo(px + radius, py);
        context.arc(px, py, radius, 0, 2 * Math.PI);
      }
      context.fill();
    } else if (kind === 'area') {
      trace(context, curve, sx, sy);
      const zero = sy.to(0);
      context.lineTo(sx.to(x[x.length - 1]), zero);
      context.lineTo(sx.to(x[0]), zero);
      context.globalAlpha = 0.25;
      context.fill();
    } else {
      trace(context, curve, sx, sy);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

const rounded = (value: number): string => value.toFixed(1);

/** The curves as elements of an SVG file. */
export function drawn(curves: readonly Curve[], sx: Scale, sy: Scale, colour: (name: string) => string): string {
  return curves
    .map((curve) => {
      const { kind = 'line', x, y } = curve;
      const paint = colour(curve.color);
      const opacity = curve.faint ? ' opacity="0.45"' : '';
      if (kind === 'dots') {
        const dots = Array.from(x, (value, i) => [sx.to(value), sy.to(y[i])]).filter((p) => p.every(Number.isFinite));
        const marks = dots.map(
          ([px, py]) => `<circle cx="${rounded(px)}" cy="${rounded(py)}" r="${curve.width ?? 2.2}"/>`,
        );
        return `<g fill="${paint}"${opacity}>${marks.join('')}</g>`;
      }
      let d = '';
      const pen: Pen = {
        moveTo: (px, py) => {
          d += `M${rounded(px)} ${rounded(py)}`;
        },
        lineTo: (px, py) => {
          d += `L${rounded(px)} ${rounded(py)}`;
        },
      };
      trace(pen, curve, sx, sy);
      if (kind === 'area') {
        const zero = rounded(sy.to(0));
        return `<path d="${d}L${rounded(sx.to(x[x.length - 1]))} ${zero}L${rounded(sx.to(x[0]))} ${zero}Z" fill="${paint}" opacity="0.25"/>`;
      }
      const dash = curve.dashed ? ' stroke-dasharray="6 4"' : '';
      return `<path d="${d}" fill="none" stroke="${paint}" stroke-width="${curve.width ?? 2}" stroke-linejoin="round"${dash}${opacity}/>`;
    })
    .join('');
}
