import { still } from './state/environment.js';

/**
 * Calls `frame` with the share of the time that has passed, eased, until it is 1; at once if movement is not wanted. Returns what
 * stops it.
 */
export function animate(milliseconds: number, frame: (share: number) => void): () => void {
  if (still.peek() || milliseconds <= 0) {
    frame(1);
    return () => {};
  }
  let begun: number | undefined;
  let id = requestAnimationFrame(function step(now: number): void {
    begun ??= now;
    const share = Math.min(1, (now - begun) / milliseconds);
    frame(share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) ** 2);
    if (share < 1) id = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(id);
}
