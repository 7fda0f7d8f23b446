// A thread may flush subnormal numbers (see `floatingPointMode`). As float64 those of float32 are ordinary numbers; what would
// flush them is the conversion, so they are rounded, read and written as multiples of their unit.
/** The least float32 that is not subnormal. */
export const NORMAL: number = 2 ** -126;
const UNIT = 2 ** -149;
const word = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));

/** x rounded to float32. */
export function toFloat32(x: number): number {
  const size = Math.abs(x);
  return size < NORMAL ? Math.sign(x) * (size / UNIT + 2 ** 52 - 2 ** 52) * UNIT : Math.fround(x);
}

/** The float32 whose rank among all is `rank`: rank 0 is 0, rank 1 the least positive, rank −1 the greatest negative. */
export function floatOfRank(rank: number): number {
  const size = Math.abs(rank);
  word.setInt32(0, size);
  const x = size < 0x800000 ? size * UNIT : word.getFloat32(0);
  return rank < 0 ? -x : x;
}

/** The rank of a float32. */
export function rankOf(x: number): number {
  const size = Math.abs(x);
  word.setFloat32(0, size);
  const rank = size < NORMAL ? size / UNIT : word.getInt32(0);
  return x < 0 ? -rank : rank;
}

/** The bits of x, rounded to float32, as an integer of 32 bits with a sign. */
export function float32Bits(x: number): number {
  const size = Math.abs(rankOf(toFloat32(x)));
  return x < 0 || Object.is(x, -0) ? size | (1 << 31) : size;
}

/** The largest float32 that is not above x. */
export function floatBelow(x: number): number {
  const near = toFloat32(x);
  return near > x ? floatOfRank(rankOf(near) - 1) : near;
}
