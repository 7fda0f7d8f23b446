import { type Addon, isAddon } from './addon.js';
import { nativeFloat64 } from './float64.js';
import { fuses } from './fusing.js';
import { type NativeFile, native } from './hook.js';
import { nativeRun } from './run.js';

/** Lets the compiled module do the work from now on, with the instruction set of that name. False if it has none such. */
export function install(addon: Addon, { path, name }: NativeFile): boolean {
  if (!addon.use(name)) return false;
  native.run = nativeRun(addon, fuses);
  native.float64 = nativeFloat64(addon);
  native.file = { path, name };
  return true;
}

/** In a worker: what the main thread found, if it did. Where that cannot be loaded, WebAssembly does the work. */
export function installFile(file: NativeFile | undefined): void {
  if (file === undefined) return;
  try {
    const module = { exports: {} as unknown };
    process.dlopen(module, file.path);
    if (isAddon(module.exports)) install(module.exports, file);
  } catch {
    // the same results
  }
}
