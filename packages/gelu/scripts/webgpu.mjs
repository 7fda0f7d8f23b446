import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { create, globals } from 'webgpu';

// Set before the first adapter is asked for. `scripts/chromium.mjs` of the repository installs the adapter and the Vulkan loader.
process.env.VK_ICD_FILENAMES ??= '/usr/lib/chromium/vk_swiftshader_icd.json';
process.env.XDG_RUNTIME_DIR ??= tmpdir(); // or Vulkan complains

/** Whether there is an adapter for WebGPU in Node. */
export const hasAdapter = existsSync(process.env.VK_ICD_FILENAMES);

let gpu; // devices do not outlive it

/**
 * WebGPU in Node: on the software adapter that Debian's Chromium brings along, or, with VK_ICD_FILENAMES set, on another.
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
