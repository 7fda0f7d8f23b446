import { Matrix, QrDecomposition, SVD } from 'ml-matrix';

/** a·b, row-major: [rows, inner]·[inner, columns]. */
export function multiply(a: Float64Array, b: Float64Array, inner: number): Float64Array {
  const rows = a.length / inner;
  const columns = b.length / inner;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const to = i * columns;
    const from = i * inner;
    let k = 0;
    // Four rows of b a pass: a quarter of the stores.
    for (; k + 4 <= inner; k += 4) {
      const [a0, a1, a2, a3] = [a[from + k], a[from + k + 1], a[from + k + 2], a[from + k + 3]];
      const b0 = k * columns;
      const b1 = b0 + columns;
      const b2 = b1 + columns;
      const b3 = b2 + columns;
      for (let j = 0; j < columns; j++)
        out[to + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
    }
    for (; k < inner; k++) for (let j = 0; j < columns; j++) out[to + j] += a[from + k] * b[k * columns + j];
  }
  return out;
}

/** The transpose of a row-major matrix with `columns` columns. */
export function transpose(a: Float64Array, columns: number): Float64Array {
  const rows = a.length / columns;
  const out = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j];
  return out;
}

/** The Euclidean norm, scaled so that squares neither overflow nor underflow; NaN if an entry is. */
export function norm(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (!(Math.abs(value) <= largest)) largest = Math.abs(value);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (const value of values) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** The root mean square. */
export function rms(values: Float64Array): number {
  return norm(values) / Math.sqrt(values.length);
}

/**
 * The effective rank of Roy and Vetterli (2007): exp of the entropy of the singular values, divided by their sum. From 1
 * (all rows parallel) to the number of columns; NaN if the matrix is 0 or not finite.
 */
export function effectiveRank(values: Float64Array, columns: number): number {
  const scale = norm(values);
  if (!(scale > 0 && scale < Infinity)) return Number.NaN;
  const matrix = Matrix.from1DArray(
    values.length / columns,
    columns,
    values.map((value) => value / scale),
  );
  const singular = new SVD(matrix, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  }).diagonal;
  const sum = singular.reduce((total, s) => total + s, 0);
  const entropy = singular.reduce((total, s) => (s > 0 ? total - (s / sum) * Math.log(s / sum) : total), 0);
  return Math.exp(entropy);
}

/** The orthogonal factor of a square matrix, its signs chosen so that a normal one gives every rotation alike. */
export function orthogonalized(values: Float64Array, columns: number): Float64Array {
  const { orthogonalMatrix: q, upperTriangularMatrix: r } = new QrDecomposition(
    Matrix.from1DArray(columns, columns, values),
  );
  return Float64Array.from(values, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return r.get(column, column) < 0 ? -q.get(row, column) : q.get(row, column);
  });
}
