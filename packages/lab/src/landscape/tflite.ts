/** Writes models of TensorFlow Lite: FlatBuffers of the schema at version 3, with as much of it as activations need. */

/** A field of a table: a number of some type, or what it points to; undefined: left out. */
type Field =
  | { readonly u8: number }
  | { readonly i32: number }
  | { readonly f32: number }
  | { readonly to: Part }
  | undefined;
type Part =
  | { readonly table: readonly Field[] }
  | { readonly parts: readonly Part[] }
  | { readonly ints: readonly number[] }
  | { readonly bytes: Uint8Array };

/** An operator: its code, its options by their number in the schema, its inputs and its output as tensors. */
export interface Operator {
  readonly code: number;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options?: readonly [number: number, fields: readonly Field[]];
}

/** A model of float32 vectors: tensor 0 is the input, the last operator's output the output. Constants are of one element. */
export function tfliteModel(
  length: number,
  operators: readonly Operator[],
  constants: ReadonlyMap<number, number>,
): Uint8Array {
  const outputs = operators.map(({ output }) => output);
  const count = Math.max(...outputs, ...constants.keys()) + 1;
  const constantIds = [...constants.keys()];
  const tensors = Array.from({ length: count }, (_, i): Part => {
    const at = constantIds.indexOf(i);
    return { table: [{ to: { ints: [at < 0 ? length : 1] } }, { u8: 0 }, { i32: at + 1 }, { to: text(`t${i}`) }] };
  });
  const codes = [...new Set(operators.map(({ code }) => code))];
  const nodes = operators.map(
    ({ code, inputs, output, options }): Part => ({
      table: [
        { i32: codes.indexOf(code) },
        { to: { ints: inputs } },
        { to: { ints: [output] } },
        options && { u8: options[0] },
        options && { to: { table: options[1] } },
      ],
    }),
  );
  const subgraph: Part = {
    table: [
      { to: { parts: tensors } },
      { to: { ints: [0] } },
      { to: { ints: [outputs[outputs.length - 1]] } },
      { to: { parts: nodes } },
    ],
  };
  const data = [...constants.values()].map(
    (value): Part => ({ table: [{ to: { bytes: new Uint8Array(Float32Array.of(value).buffer) } }] }),
  );
  const model: Part = {
    table: [
      { i32: 3 },
      {
        to: {
          parts: codes.map((code) => ({ table: [{ u8: Math.min(code, 127) }, undefined, { i32: 1 }, { i32: code }] })),
        },
      },
      { to: { parts: [subgraph] } },
      undefined,
      { to: { parts: [{ table: [] }, ...data] } },
    ],
  };
  return new Writer().write(model);
}

const text = (word: string): Part => ({ bytes: new TextEncoder().encode(word) });

/** Writes parents before their children, so that every offset points forwards, as it must. */
class Writer {
  #view = new DataView(new ArrayBuffer(1 << 16));
  #length = 8;

  write(root: Part): Uint8Array {
    new Uint8Array(this.#view.buffer).set(new TextEncoder().encode('TFL3'), 4);
    this.#view.setUint32(0, this.#part(root), true);
    return new Uint8Array(this.#view.buffer.slice(0, (this.#length + 15) & ~15));
  }

  #part(part: Part): number {
    if ('table' in part) return this.#table(part.table);
    if ('parts' in part) {
      const at = this.#space(4 + 4 * part.parts.length);
      this.#view.setUint32(at, part.parts.length, true);
      part.parts.forEach((child, i) => {
        this.#point(at + 4 + 4 * i, child);
      });
      return at;
    }
    const bytes = 'ints' in part ? new Uint8Array(Int32Array.from(part.ints).buffer) : part.bytes;
    // What the length stands before begins at a multiple of 16, as buffers must; a byte 0 ends texts.
    this.#length = ((this.#length + 4 + 15) & ~15) - 4;
    const at = this.#space(4 + bytes.length + 1);
    this.#view.setUint32(at, 'ints' in part ? part.ints.length : bytes.length, true);
    new Uint8Array(this.#view.buffer).set(bytes, at + 4);
    return at;
  }

  /** Its list of offsets, then a slot of 4 bytes for each field. */
  #table(fields: readonly Field[]): number {
    const list = this.#space(4 + 2 * fields.length);
    const at = this.#space(4 + 4 * fields.length);
    this.#view.setUint16(list, 4 + 2 * fields.length, true);
    this.#view.setUint16(list + 2, 4 + 4 * fields.length, true);
    this.#view.setInt32(at, at - list, true);
    fields.forEach((field, i) => {
      if (field === undefined) return;
      const slot = at + 4 + 4 * i;
      this.#view.setUint16(list + 4 + 2 * i, slot - at, true);
      if ('u8' in field) this.#view.setUint8(slot, field.u8);
      else if ('i32' in field) this.#view.setInt32(slot, field.i32, true);
      else if ('f32' in field) this.#view.setFloat32(slot, field.f32, true);
      else this.#point(slot, field.to);
    });
    return at;
  }

  #point(slot: number, child: Part): void {
    this.#view.setUint32(slot, this.#part(child) - slot, true);
  }

  #space(bytes: number): number {
    const at = (this.#length + 3) & ~3;
    this.#length = at + bytes;
    return at;
  }
}
