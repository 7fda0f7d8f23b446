import type { OnnxFile } from './input.js';

/** How many bytes tell what a file is. */
const HEAD = 1024;

/** Formats by the bytes at a place; text that begins with what a pattern says. */
const BINARY: readonly (readonly [offset: number, magic: string, name: string])[] = [
  [4, 'TFL3', 'a TensorFlow Lite model'],
  [0, '\x89HDF\r\n\x1a\n', 'an HDF5 file, as Keras writes'],
  [0, 'GGUF', 'a GGUF file (llama.cpp)'],
  [0, 'ggml', 'a GGML file'],
  [0, 'lmgg', 'a GGML file'],
  [4, 'ORTM', "a model in ONNX Runtime's own ORT format: take the .onnx file that it was made from"],
  [0, 'PK\x03\x04', 'a zip archive, as PyTorch (.pt) and Keras (.keras) write: export the model to ONNX, or unpack it'],
  [0, 'PK\x05\x06', 'an empty zip archive'],
  [0, '\x1f\x8b', 'compressed with gzip: unpack it first'],
  [0, 'BZh', 'compressed with bzip2: unpack it first'],
  [0, '\xfd7zXZ\x00', 'compressed with xz: unpack it first'],
  [0, '\x28\xb5\x2f\xfd', 'compressed with zstd: unpack it first'],
  [0, '7z\xbc\xaf\x27\x1c', 'a 7z archive: unpack it first'],
  [257, 'ustar', 'a tar archive: unpack it first'],
  [0, '\x93NUMPY', 'a NumPy array'],
  [0, '\x80\x02', 'a pickle, as older PyTorch writes: export the model to ONNX'],
  [0, '\x80\x03', 'a pickle: export the model to ONNX'],
  [0, '\x80\x04', 'a pickle: export the model to ONNX'],
  [0, '\x80\x05', 'a pickle: export the model to ONNX'],
  [0, '\x00asm', 'a WebAssembly module'],
  [0, '\x89PNG', 'a PNG image'],
  [0, '\xff\xd8\xff', 'a JPEG image'],
  [0, '%PDF', 'a PDF document'],
  [0, '\x7fELF', 'a program or library of Linux'],
  [0, 'MZ', 'a program or library of Windows'],
];

const TEXT: readonly (readonly [RegExp, string])[] = [
  [/^version https:\/\/git-lfs/, "a Git LFS pointer in the model's place: get the file itself with 'git lfs pull'"],
  [/^\s*<(!doctype html|html|head|body)/i, 'an HTML page, perhaps what a server answered instead of the file'],
  [/^\s*<\?xml|^\s*<net[\s>]/i, 'an XML file, as OpenVINO writes'],
  [/^\s*[{[][\s\S]*"modelTopology"/, 'a model.json of TensorFlow.js'],
  [/^\s*[{[]/, 'JSON'],
  [/^\s*(ir_version:|<\s*ir_version)/, "ONNX's text format: convert it with Python's onnx"],
  [/^/, 'text'],
];

/** What a file that is no ONNX model is, by its first bytes; undefined where they do not tell. */
export function formatOf(file: OnnxFile): string | undefined {
  const head = file.read(0, Math.min(HEAD, file.size));
  const chars = String.fromCharCode(...head);
  const binary = BINARY.find(([offset, magic]) => chars.startsWith(magic, offset));
  if (binary !== undefined) return binary[2];
  if (isSafetensors(head, chars, file.size)) return 'a safetensors file: weights without a graph';
  const text = textOf(head, file.size);
  return text === undefined ? undefined : TEXT.find(([pattern]) => pattern.test(text))?.[1];
}

/** The length of a JSON object as 8 bytes, and the object. */
function isSafetensors(head: Uint8Array, chars: string, size: number): boolean {
  if (head.length < 10 || chars[8] !== '{') return false;
  const length = new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true);
  return length <= BigInt(size - 8);
}

/** The text that bytes are, if they are: UTF-8 or UTF-16 without control characters. */
function textOf(head: Uint8Array, size: number): string | undefined {
  const utf16 =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : '';
  try {
    // A character may be cut at the end.
    const text = new TextDecoder(utf16 || 'utf-8', { fatal: true }).decode(head, { stream: size > head.length });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell bytes from text
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
