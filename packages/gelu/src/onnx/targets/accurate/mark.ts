import { APPROXIMATE, type Approximate } from '../../../activations/gelu/approximate.js';

/** What the last node of an accurate form says of itself, so that it is found again. */
export function markOf(variant: Approximate, alpha: number): string {
  return `gelu/onnx accurate ${variant}${variant === 'sigmoid' ? ` ${alpha}` : ''}`;
}

export function readMark(doc: string): { variant: Approximate; alpha: number | undefined } | undefined {
  const [, name, alpha] = /^gelu\/onnx accurate (\w+)(?: ([\d.e-]+))?$/.exec(doc) ?? [];
  const variant = APPROXIMATE.find((known) => known === name);
  if (variant === undefined) return undefined;
  return { variant, alpha: alpha === undefined ? undefined : Number(alpha) };
}
