/** Red, green and blue of '#rrggbb', as styles give it. */
export function channels(color: string): [number, number, number] {
  const hex = color.trim().slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}
