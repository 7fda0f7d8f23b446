import { moved, type Scale } from './scale.js';

type Domain = readonly [number, number];

/** What a plane does when it is touched. */
export interface Actions {
  /** Dragging takes a value along. */
  drag?: ((x: number, y: number, begins: boolean) => void) | undefined;
  /** Dragging moves, two fingers or the wheel with Ctrl magnify what is shown. */
  view?: ((x: [number, number]) => void) | undefined;
  /** The value under the pointer; null when it leaves. */
  cross?: ((x: number | null) => void) | undefined;
}

/** Listens to the pointer on an element; `scales` are those of the moment. Returns what ends it. */
export function listen(element: HTMLElement, scales: () => [Scale, Scale], actions: () => Actions): () => void {
  const down = new Map<number, number>();
  let begun: { domain: Domain; at: number; spread: number } | undefined;
  const place = (event: { clientX: number; clientY: number }): [number, number] => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const begin = (): void => {
    const at = [...down.values()];
    const middle = at.reduce((sum, x) => sum + x / at.length, 0);
    begun = { domain: scales()[0].domain, at: middle, spread: Math.abs(at[0] - (at[1] ?? at[0])) };
  };
  const pointerdown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const [px, py] = place(event);
    down.set(event.pointerId, px);
    element.setPointerCapture(event.pointerId);
    const { drag } = actions();
    const [sx, sy] = scales();
    if (drag) drag(sx.from(px), sy.from(py), true);
    begin();
  };
  const pointermove = (event: PointerEvent): void => {
    const [px, py] = place(event);
    const [sx, sy] = scales();
    const { drag, view, cross } = actions();
    cross?.(sx.from(px));
    if (!down.has(event.pointerId)) return;
    down.set(event.pointerId, px);
    if (drag) drag(sx.from(px), sy.from(py), false);
    else if (view && begun) {
      const at = [...down.values()];
      const middle = at.reduce((sum, x) => sum + x / at.length, 0);
      const spread = Math.abs(at[0] - (at[1] ?? at[0]));
      const zoom = begun.spread > 8 && spread > 8 ? spread / begun.spread : 1;
      const width = element.clientWidth || 1;
      const [low, high] = begun.domain;
      const around = low + (begun.at / width) * (high - low);
      view(moved(begun.domain, { zoom, around, by: (begun.at - middle) / width }));
    }
  };
  const pointerup = (event: PointerEvent): void => {
    down.delete(event.pointerId);
    if (down.size > 0) begin();
    else begun = undefined;
  };
  const pointerleave = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') actions().cross?.(null);
  };
  const wheel = (event: WheelEvent): void => {
    const { view } = actions();
    // Without Ctrl the page scrolls, as it does everywhere else.
    if (!view || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const [sx] = scales();
    view(moved(sx.domain, { zoom: 2 ** (-event.deltaY / 200), around: sx.from(place(event)[0]) }));
  };
  const doubleclick = (event: MouseEvent): void => {
    const { view, drag } = actions();
    const [sx] = scales();
    if (view && !drag) view(moved(sx.domain, { zoom: 2, around: sx.from(place(event)[0]) }));
  };
  const events = { pointerdown, pointermove, pointerup, pointercancel: pointerup, pointerleave, dblclick: doubleclick };
  for (const [name, listener] of Object.entries(events)) element.addEventListener(name, listener as EventListener);
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    for (const [name, listener] of Object.entries(events)) element.removeEventListener(name, listener as EventListener);
    element.removeEventListener('wheel', wheel);
  };
}
