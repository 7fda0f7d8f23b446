import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { create, globals } from 'webgpu';

// Set before the first adapter is asked for. `scripts/chromium.mjs` of the repository installs the adapter and the Vulkan loader.
const { env } = process;
const SOFTWARE = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (env.VK_DRIVER_FILES === undefined && existsSync(SOFTWARE)) env.VK_ICD_FILENAMES ??= SOFTWARE;
env.XDG_RUNTIME_DIR ??= tmpdir(); // or Vulkan complains

/** Whether there is an adapter for WebGPU in Node, as far as the variables tell. */
export const hasAdapter = existsSync(env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES ?? SOFTWARE);

let gpu; // devices do not outlive it

/**
 * WebGPU in Node: on the software adapter that Debian's Chromium brings along, or on the driver that VK_DRIVER_FILES or
 * VK_ICD_FILENAMES names.
 *
 * @param {readonly string[]} features of Dawn, for the first call
 * @returns {Promise<GPUAdapter>}
 */
export async function nodeAdapter(features = []) {
  Object.assign(globalThis, globals);
  gpu ??= create(['backend=vulkan', `enable-dawn-features=${features}`]);
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error("no adapter for WebGPU: 'node scripts/chromium.mjs' says how to get one");
  return adapter;
}

/**
 * A device of it.
 *
 * @param {Record<string, number>} requiredLimits
 * @returns {Promise<GPUDevice>}
 */
export async function nodeDevice(requiredLimits = {}) {
  const adapter = await nodeAdapter();
  return adapter.requestDevice({ requiredLimits });
}
