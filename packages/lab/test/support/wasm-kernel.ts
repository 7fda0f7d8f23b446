import initWabt from 'wabt';

/** A WebAssembly file with a memory and a function (input, output, length) of that name, which is ReLU. */
export async function reluKernel(name: string): Promise<Uint8Array> {
  const { parseWat } = await initWabt();
  const text = `(module (memory (export "memory") 1)
    (func (export "${name}") (param $in i32) (param $out i32) (param $n i32)
      (loop $next
        (f32.store (local.get $out) (f32.max (f32.load (local.get $in)) (f32.const 0)))
        (local.set $in (i32.add (local.get $in) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`;
  return parseWat('kernel.wat', text).toBinary({}).buffer;
}
