/** An array outside of jax-js: what files hold, and what a step is given. */
export interface HostArray {
  shape: number[];
  /** Row-major. */
  values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}
