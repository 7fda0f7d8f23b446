// A kernel's arguments stand in the memory, HEADER bytes at a multiple of 64, followed by the rows of its table:
// low, high, centre, density (float32): the index map; first (int32): the number that the kernels give to the first row.
// What comes then is of one kernel: top (float32) and lost (int32), or shift and side (int32). Numbers for lanes come in all four.

/** Bytes before the rows. */
export const HEADER: usize = 64;

@inline
export function lowOf(at: usize): v128 {
  return v128.load32_splat(at);
}

@inline
export function highOf(at: usize): v128 {
  return v128.load32_splat(at, 4);
}

@inline
export function centreOf(at: usize): v128 {
  return v128.load32_splat(at, 8);
}

@inline
export function densityOf(at: usize): v128 {
  return v128.load32_splat(at, 12);
}

/** Where the row numbered 0 would be, of rows of so many bytes. */
@inline
export function originOf(at: usize, rowBytes: i32): i32 {
  return <i32>(at + HEADER) - rowBytes * load<i32>(at, 16);
}

@inline
export function topOf(at: usize): v128 {
  return v128.load32_splat(at, 20);
}

@inline
export function lostOf(at: usize): v128 {
  return v128.load32_splat(at, 24);
}

@inline
export function shiftOf(at: usize): i32 {
  return load<i32>(at, 20);
}

@inline
export function sideOf(at: usize): v128 {
  return v128.load32_splat(at, 24);
}
