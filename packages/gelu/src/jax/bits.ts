import { np } from './peer.js';

/** The bits of |x|, by which to tell infinities and NaN: what GPUs make of comparisons with NaN cannot be relied on. */
export const sizeOf = (x: np.Array): np.Array => np.abs(x).view(np.int32);
export const infinity = (): np.Array => np.array(0x7f800000, { dtype: np.int32 });
