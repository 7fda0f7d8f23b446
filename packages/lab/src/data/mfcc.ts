import type { Recording } from './audio.js';

/** Energy and 12 cepstral coefficients, and the change of each: the 26 features of a frame. */
export const FEATURES = 26;
const CEPSTRA = 12;
/** Seconds between frames, and of a frame. */
export const SHIFT = 0.01;
const WINDOW = 0.025;
const PRE_EMPHASIS = 0.97;
const FILTERS = 26;
const LIFTER = 22;
/** A frame's change is the slope of a line through it and two frames on each side. */
const REACH = 2;

/**
 * Mel-frequency cepstral coefficients as the Hidden Markov Model Toolkit defines them (the HTK Book, section 5.6, with its usual
 * parameters): frames of 25 ms every 10 ms, pre-emphasis, Hamming window, 26 triangular filters on the mel scale, cosine
 * transform of their logarithms, liftered; the logarithm of the frame's energy; deltas. Row-major [frames, 26]; frames that do
 * not fit into the recording are left out.
 */
export function mfcc({ rate, samples }: Recording): { frames: number; values: Float32Array } {
  const size = Math.round(WINDOW * rate);
  const shift = Math.round(SHIFT * rate);
  const frames = Math.max(0, Math.floor((samples.length - size) / shift) + 1);
  const statics = CEPSTRA + 1;
  const still = new Float32Array(frames * statics);
  const length = 2 ** Math.ceil(Math.log2(size));
  const filters = melFilters(rate, length);
  for (let frame = 0; frame < frames; frame++) {
    const part = samples.subarray(frame * shift, frame * shift + size);
    still.set(coefficients(part, length, filters), frame * statics);
  }
  const values = new Float32Array(frames * FEATURES);
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < statics; i++) {
      const at = (offset: number): number => still[Math.min(frames - 1, Math.max(0, frame + offset)) * statics + i];
      values[frame * FEATURES + i] = at(0);
      values[frame * FEATURES + statics + i] = slope(at);
    }
  }
  return { frames, values };
}

function slope(at: (offset: number) => number): number {
  let sum = 0;
  let squares = 0;
  for (let k = 1; k <= REACH; k++) {
    sum += k * (at(k) - at(-k));
    squares += 2 * k * k;
  }
  return sum / squares;
}

/** The logarithm of the energy, then the cepstral coefficients 1 … 12. */
function coefficients(samples: Int16Array, length: number, filters: readonly Float64Array[]): number[] {
  const n = samples.length;
  const energy = samples.reduce((sum, x) => sum + x * x, 0);
  const real = new Float64Array(length);
  for (let i = 0; i < n; i++) {
    const emphasized = samples[i] - PRE_EMPHASIS * samples[Math.max(0, i - 1)];
    real[i] = emphasized * (0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (n - 1)));
  }
  const magnitudes = spectrum(real);
  // Silence has the logarithm 0, as in HTK.
  const logs = filters.map((filter) =>
    Math.log(
      Math.max(
        1,
        filter.reduce((sum, w, bin) => sum + w * magnitudes[bin], 0),
      ),
    ),
  );
  const cepstra = Array.from({ length: CEPSTRA }, (_, k) => {
    const sum = logs.reduce((s, value, j) => s + value * Math.cos((Math.PI * (k + 1) * (j + 0.5)) / FILTERS), 0);
    return Math.sqrt(2 / FILTERS) * sum * (1 + (LIFTER / 2) * Math.sin((Math.PI * (k + 1)) / LIFTER));
  });
  return [Math.log(Math.max(1, energy)), ...cepstra];
}

const mel = (hertz: number): number => 1127 * Math.log(1 + hertz / 700);

/** Triangles whose corners are evenly spaced on the mel scale, each as weights of the bins of the spectrum. */
export function melFilters(rate: number, length: number): Float64Array[] {
  const step = mel(rate / 2) / (FILTERS + 1);
  return Array.from({ length: FILTERS }, (_, filter) =>
    Float64Array.from({ length: length / 2 + 1 }, (_, bin) =>
      Math.max(0, 1 - Math.abs(mel((bin * rate) / length) / step - (filter + 1))),
    ),
  );
}

/** The magnitudes of the Fourier transform of real numbers at 0 … length/2; the length is a power of two. */
export function spectrum(values: Float64Array): Float64Array {
  const n = values.length;
  const real = Float64Array.from(values);
  const imaginary = new Float64Array(n);
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [real[i], real[j]] = [real[j], real[i]];
  }
  for (let size = 2; size <= n; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const c = Math.cos((2 * Math.PI * k) / size);
      const s = -Math.sin((2 * Math.PI * k) / size);
      for (let even = k; even < n; even += size) {
        const odd = even + size / 2;
        const re = real[odd] * c - imaginary[odd] * s;
        const im = real[odd] * s + imaginary[odd] * c;
        [real[odd], imaginary[odd]] = [real[even] - re, imaginary[even] - im];
        real[even] += re;
        imaginary[even] += im;
      }
    }
  }
  return Float64Array.from({ length: n / 2 + 1 }, (_, i) => Math.hypot(real[i], imaginary[i]));
}
