import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Curve } from './curve.js';
import type { Scale } from './scale.js';

export interface Axis {
  readonly domain: readonly [number, number];
  readonly label: string;
  readonly log?: boolean;
}

export interface PlaneProps {
  /** What is shown, for those who cannot see it. */
  label: string;
  x: Axis;
  y: Axis;
  curves: readonly Curve[];
  /** Grows into the height that the others leave, in this proportion. */
  grow?: number;
  /** Without numbers on its x axis: a plane below shows them. */
  bare?: boolean;
  /** Lines across, at values of y. */
  rules?: readonly number[];
  /** Intervals of x that are shaded, with a colour. */
  shaded?: readonly (readonly [from: number, to: number, color: string])[];
  /** The x of the crosshair, which planes may share. */
  cross?: Signal<number | null>;
  /** Called with what shall be shown after panning or zooming. */
  onView?: (domain: [number, number]) => void;
  onReset?: () => void;
  /** Dragging anywhere takes a value along; then it neither pans nor zooms. */
  onDrag?: (x: number, y: number, begins: boolean) => void;
  handle?: PlaneHandle;
  /** Marks, in SVG. */
  marks?: (sx: Scale, sy: Scale) => ComponentChildren;
}

/** A point of the plane that can be taken, by pointer or keyboard. */
export interface PlaneHandle {
  x: number;
  y: number;
  color: string;
  label: string;
  value: number;
  /** The value in words. */
  text: string;
  low: number;
  high: number;
  /** Of an arrow key; with Shift ten times as much. */
  step: number;
  /** The keyboard. */
  onValue(value: number): void;
  /** The pointer; without it dragging is the plane's. */
  onDrag?: (x: number, y: number) => void;
}
