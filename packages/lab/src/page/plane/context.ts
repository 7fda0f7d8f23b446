import { type Context, createContext } from 'preact';
import type { Scale } from './scale.js';
import type { PlaneProps } from './types.js';

/** A plane of a figure, as it stands: for its files. */
export interface Shown {
  props: PlaneProps;
  sx: Scale;
  sy: Scale;
  width: number;
  height: number;
  box: HTMLElement;
  /** Below and above the curves. */
  svg: SVGSVGElement;
  overlay: SVGSVGElement;
}

/** Where the planes of a figure announce themselves; `add` returns what takes it back. */
export interface FigurePlanes {
  add(shown: () => Shown): () => void;
}

export const FigureContext: Context<FigurePlanes | undefined> = createContext<FigurePlanes | undefined>(undefined);
