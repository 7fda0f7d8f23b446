import { type Signal, useSignalEffect } from '@preact/signals';
import type { VNode } from 'preact';
import { useContext, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { short } from '../format.js';
import { dark } from '../state/environment.js';
import { FigureContext } from './context.js';
import { type Curve, valueAt } from './curve.js';
import { draw } from './draw.js';
import { listen } from './gestures.js';
import { Handle } from './handle.js';
import { moved, type Scale, scale, ticks } from './scale.js';
import type { Axis, PlaneProps } from './types.js';
import { useSize } from './use-size.js';

const LEFT = 46;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 34;

/** Curves over an x: on a canvas, with axes and marks above them in SVG. */
export function Plane(props: PlaneProps): VNode {
  const { label, x, y, curves, cross, bare, onView, onReset, onDrag } = props;
  const [box, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const overlay = useRef<SVGSVGElement>(null);
  const pad = useRef<HTMLDivElement>(null);
  const { width, height } = size.value;
  const bottom = bare ? 8 : BOTTOM;
  const sx = scale(x.domain, LEFT, Math.max(LEFT + 1, width - RIGHT), x.log);
  const sy = scale(y.domain, Math.max(TOP + 1, height - bottom), TOP, y.log);
  const isDark = dark.value;

  const latest = useRef({ props, sx, sy, width, height });
  latest.current = { props, sx, sy, width, height };
  const figure = useContext(FigureContext);
  useEffect(
    () => figure?.add(() => ({ ...latest.current, box: box.current!, svg: svg.current!, overlay: overlay.current! })),
    [],
  );

  useLayoutEffect(() => {
    const element = canvas.current!;
    const ratio = globalThis.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== w) element.width = w;
    if (element.height !== h) element.height = h;
    const context = element.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP - 6, Math.max(0, width - LEFT - RIGHT), Math.max(0, height - TOP - bottom + 8));
    context.clip();
    const style = getComputedStyle(element);
    draw(context, curves, sx, sy, (name) => style.getPropertyValue(`--c-${name}`));
    context.restore();
  }, [curves, width, height, x.domain[0], x.domain[1], y.domain[0], y.domain[1], x.log, y.log, isDark, bare]);

  useEffect(() => {
    return listen(
      pad.current!,
      () => inner(latest.current),
      () => {
        const { onDrag: drag, onView: view, cross: shared } = latest.current.props;
        return {
          drag,
          view,
          cross: shared
            ? (value) => {
                shared.value = value;
              }
            : undefined,
        };
      },
    );
  }, []);

  const parts: AxesProps = { sx, sy, x, y, width, height, props, bottom };
  const moves = Boolean(onDrag || onView);
  const role = cross ? 'slider' : undefined;
  return (
    <div class="plane" style={{ flexGrow: props.grow ?? 1 }} ref={box}>
      <svg ref={svg} aria-hidden="true" class="axes">
        <Axes {...parts} />
      </svg>
      <canvas ref={canvas} role="img" aria-label={label} />
      <svg ref={overlay} aria-hidden="true" class="axes">
        <Overlay {...parts} />
      </svg>
      <div
        ref={pad}
        class={moves ? 'pad moves' : 'pad'}
        style={{ left: `${LEFT}px`, right: `${RIGHT}px`, top: `${TOP}px`, bottom: `${bottom}px` }}
      >
        {cross && role ? (
          <Crosshair label={label} cross={cross} curves={curves} x={x} onView={onView} onReset={onReset} />
        ) : null}
        {props.handle && width > 0 ? (
          <Handle
            handle={props.handle}
            left={sx.to(props.handle.x) - LEFT}
            top={sy.to(props.handle.y) - TOP}
            scales={() => inner(latest.current)}
          />
        ) : null}
      </div>
    </div>
  );
}

/** Within the pad, which begins where the axes end. */
const inner = ({ sx, sy }: { sx: Scale; sy: Scale }): [Scale, Scale] => [
  { ...sx, to: (v) => sx.to(v) - LEFT, from: (p) => sx.from(p + LEFT) },
  { ...sy, to: (v) => sy.to(v) - TOP, from: (p) => sy.from(p + TOP) },
];

interface AxesProps {
  sx: Scale;
  sy: Scale;
  x: Axis;
  y: Axis;
  width: number;
  height: number;
  bottom: number;
  props: PlaneProps;
}

function Axes({ sx, sy, x, y, width, height, bottom, props }: AxesProps): VNode | null {
  if (width === 0) return null;
  const [right, base] = [width - RIGHT, height - bottom];
  const across = ticks(sx, Math.max(2, Math.floor((right - LEFT) / 76)));
  const up = ticks(sy, Math.max(2, Math.floor((base - TOP) / 38)));
  const shown = (value: number): number => Math.min(right, Math.max(LEFT, sx.to(value)));
  return (
    <>
      {props.shaded?.map(([from, to, color]) => (
        <rect
          key={`${from} ${color}`}
          x={shown(from)}
          width={Math.max(0, shown(to) - shown(from))}
          y={TOP}
          height={base - TOP}
          fill={`var(--c-${color})`}
          opacity="0.1"
        />
      ))}
      {up.map(([value, text]) => (
        <g key={value}>
          <path class={value === 0 ? 'zero' : 'grid'} d={`M${LEFT} ${sy.to(value)}H${right}`} />
          <text x={LEFT - 7} y={sy.to(value) + 4} text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      {across.map(([value, text]) => (
        <g key={value}>
          <path class={value === 0 ? 'zero' : 'grid'} d={`M${sx.to(value)} ${TOP}V${base}`} />
          {props.bare ? null : (
            <text x={sx.to(value)} y={base + 15} text-anchor="middle">
              {text}
            </text>
          )}
        </g>
      ))}
      {props.rules?.map((value) => (
        <path key={value} class="rule" d={`M${LEFT} ${sy.to(value)}H${right}`} />
      ))}
      <text class="title" x={LEFT + 5} y={TOP + 11}>
        {y.label}
      </text>
      {props.bare ? null : (
        <text class="title" x={right} y={base + 29} text-anchor="end">
          {x.label}
        </text>
      )}
    </>
  );
}

/** What is above the curves: marks, and the line under the crosshair. */
function Overlay({ sx, sy, width, height, props, bottom }: AxesProps): VNode | null {
  if (width === 0) return null;
  const [right, base] = [width - RIGHT, height - bottom];
  return (
    <>
      {props.marks?.(sx, sy)}
      {props.cross ? (
        <CrossLine cross={props.cross} curves={props.curves} sx={sx} sy={sy} base={base} right={right} />
      ) : null}
    </>
  );
}

/** The line under the crosshair with dots on the curves; alone, so that the rest is not drawn anew as it moves. */
function CrossLine({
  cross,
  curves,
  sx,
  sy,
  base,
  right,
}: {
  cross: Signal<number | null>;
  curves: readonly Curve[];
  sx: Scale;
  sy: Scale;
  base: number;
  right: number;
}): VNode | null {
  const at = cross.value;
  const px = at === null ? Number.NaN : sx.to(at);
  if (!(px >= LEFT && px <= right) || at === null) return null;
  return (
    <g class="cross">
      <path class="line" d={`M${px} ${TOP}V${base}`} />
      {curves
        .filter(({ kind = 'line' }) => kind === 'line')
        .map((curve) => [curve, sy.to(valueAt(curve, at))] as const)
        .filter(([, py]) => py >= TOP - 1 && py <= base + 1)
        .map(([curve, py]) => (
          <circle key={curve.name} cx={px} cy={py} r="4" style={{ fill: `var(--c-${curve.color})` }} />
        ))}
      <text x={Math.min(right - 24, Math.max(LEFT + 24, px))} y={base - 5} text-anchor="middle" class="value">
        {short(at, 4)}
      </text>
    </g>
  );
}

/** The crosshair for the keyboard: arrows move it, + and − zoom, Shift and arrows pan, Home shows all. */
function Crosshair({
  label,
  cross,
  curves,
  x,
  onView,
  onReset,
}: {
  label: string;
  cross: Signal<number | null>;
  curves: readonly Curve[];
  x: Axis;
  onView: PlaneProps['onView'];
  onReset: PlaneProps['onReset'];
}): VNode {
  const ref = useRef<HTMLDivElement>(null);
  const middle = x.log ? Math.sqrt(x.domain[0] * x.domain[1]) : (x.domain[0] + x.domain[1]) / 2;
  useSignalEffect(() => {
    const at = cross.value ?? middle;
    const values = curves
      .filter(({ kind = 'line' }) => kind === 'line')
      .map((curve) => `${curve.name} ${short(valueAt(curve, at), 5)}`);
    ref.current?.setAttribute('aria-valuenow', String(at));
    ref.current?.setAttribute('aria-valuetext', `${x.label} = ${short(at, 4)}: ${values.join(', ')}`);
  });
  const key = (event: KeyboardEvent): void => {
    const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const [low, high] = x.domain;
    const at = cross.value ?? middle;
    if (direction && event.shiftKey && onView) onView(moved(x.domain, { by: direction / 10 }));
    else if (direction) {
      const next = x.log ? at * (high / low) ** (direction / 100) : at + (direction * (high - low)) / 100;
      cross.value = Math.min(high, Math.max(low, next));
    } else if ((event.key === '+' || event.key === '=') && onView) onView(moved(x.domain, { zoom: 1.5, around: at }));
    else if (event.key === '-' && onView) onView(moved(x.domain, { zoom: 1 / 1.5, around: at }));
    else if (event.key === 'Home' && onReset) onReset();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={ref}
      class="crosshair"
      role="slider"
      tabIndex={0}
      aria-label={`Crosshair: ${label}`}
      aria-valuemin={x.domain[0]}
      aria-valuemax={x.domain[1]}
      aria-valuenow={middle}
      onKeyDown={key}
      onFocus={() => {
        cross.value ??= middle;
      }}
    />
  );
}
