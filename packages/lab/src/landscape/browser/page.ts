import type { Order } from '../target.js';

/** What a page that computes gives to the process that opened it. Arrays travel as the bytes of float32 in base64. */
export interface Page {
  /** Starts a device. Returns how functions are called, and the adapter's name, where there is one. */
  load(device: string, models: Record<string, string>): Promise<{ calls: Record<string, string>; adapter: string }>;
  evaluate(name: string, x: string, order: Order): Promise<string>;
}

/** Makes a page's functions known to its opener. */
export function serve(page: Page): void {
  (globalThis as { landscape?: Page }).landscape = page;
}

export function packed(x: Float32Array): string {
  const bytes = new Uint8Array(x.buffer, x.byteOffset, x.byteLength);
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

export function unpacked(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

export const floats = (text: string): Float32Array<ArrayBuffer> => new Float32Array(unpacked(text).buffer);

/** The name of what WebGPU computes with. */
export async function webgpuAdapter(): Promise<string> {
  const info = (await navigator.gpu?.requestAdapter())?.info;
  return info ? [info.vendor, info.architecture, info.description].filter((word) => word).join(' ') : '';
}

/** The name of what WebGL computes with. */
export function webglAdapter(): string {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
}
