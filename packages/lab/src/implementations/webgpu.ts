import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** The software adapter that Debian's Chromium brings along. */
const SOFTWARE = '/usr/lib/chromium/vk_swiftshader_icd.json';

interface Dawn {
  create(flags: string[]): GPU;
  globals: object;
}

/** WebGPU in Node, once there is one. Devices do not outlive it. */
let opened: GPU | undefined;

/**
 * The first adapter that WebGPU finds in Node, or that of Debian's Chromium, if there is none.
 * @throws if the package `webgpu` is not installed, or there is no adapter.
 */
export async function openAdapter(): Promise<GPUAdapter> {
  const name: string = 'webgpu'; // optional: not known to the compiler
  const { create, globals }: Dawn = await import(name);
  Object.assign(globalThis, globals);
  process.env.XDG_RUNTIME_DIR ??= tmpdir(); // or Vulkan complains
  opened ??= create([]);
  let adapter = await opened.requestAdapter();
  if (!adapter && process.env.VK_ICD_FILENAMES === undefined && existsSync(SOFTWARE)) {
    process.env.VK_ICD_FILENAMES = SOFTWARE;
    opened = create(['backend=vulkan']);
    adapter = await opened.requestAdapter();
  }
  if (!adapter)
    throw new Error(`WebGPU has no adapter; on Debian 'apt-get install chromium libvulkan1' brings one in software`);
  return adapter;
}

/** An adapter's name: who made it, and what it is. */
export function adapterName({ info: { vendor, architecture, description } }: GPUAdapter): string {
  return [vendor, architecture, description].filter((word) => word).join(' ');
}

/** Whether the processor does its work. */
export function isSoftware({ info }: GPUAdapter): boolean {
  return info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(info.architecture);
}
