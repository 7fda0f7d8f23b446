import { LENGTH, type Place } from '../read/wire.js';
import { concat, varint } from './message.js';

/** Bytes that take the place of those from `start` up to `end`, inside of the message `within`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
  readonly within: Place | undefined;
}

/** A part of the new file: bytes, or a part of the old one, which is not copied into memory. */
export type Piece = Uint8Array | { readonly start: number; readonly end: number };

/**
 * The file of `size` bytes with its edits, as pieces. Besides them only the lengths of the messages around them change;
 * all else stays byte for byte. Edits must not overlap.
 */
export function applyEdits(size: number, edits: readonly Edit[]): Piece[] {
  const all = [...edits, ...lengths(edits)].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, bytes } of all) {
    if (start > at) pieces.push({ start: at, end: start });
    if (bytes.length > 0) pieces.push(bytes);
    at = end;
  }
  if (at < size) pieces.push({ start: at, end: size });
  return pieces;
}

/** The headers of the messages around the edits: tag and length. */
function lengths(edits: readonly Edit[]): Edit[] {
  const growth = new Map<Place, number>();
  const grow = (place: Place | undefined, by: number): void => {
    if (place !== undefined) growth.set(place, (growth.get(place) ?? 0) + by);
  };
  for (const { start, end, bytes, within } of edits) grow(within, bytes.length - (end - start));
  const headers: Edit[] = [];
  // The innermost first: a header that becomes longer makes what is around it longer. Outer ones join on the way.
  const open = new Set<Place>();
  for (const { within } of edits) for (let p = within; p !== undefined; p = p.within) open.add(p);
  for (const place of [...open].sort((a, b) => depth(b) - depth(a))) {
    const by = growth.get(place) ?? 0;
    if (by === 0) continue;
    const bytes = concat([varint(place.number * 8 + LENGTH), varint(place.end - place.start + by)]);
    headers.push({ start: place.begin, end: place.start, bytes, within: place.within });
    grow(place.within, by + bytes.length - (place.start - place.begin));
  }
  return headers;
}

function depth(place: Place): number {
  return place.within === undefined ? 0 : 1 + depth(place.within);
}
