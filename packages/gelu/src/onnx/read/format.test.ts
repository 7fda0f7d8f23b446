import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GeluTypeError } from '../../shared/errors.js';
import { OnnxFormatError } from '../errors.js';
import { inspectOnnx } from '../inspect.js';
import { rewriteOnnx } from '../rewrite.js';
import { openOnnxFile } from './input.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const safetensors = (header: string): Uint8Array => {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(header.length), true);
  return Uint8Array.from([...head, ...bytes(header), 0, 0, 0, 0]);
};

test.each<[what: string, file: Uint8Array, said: RegExp]>([
  ['a Git LFS pointer', bytes('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'), /LFS/],
  ['HTML', bytes('\n<!DOCTYPE html>\n<html><head><title>404'), /HTML/],
  ['HTML without a doctype', bytes('<html lang="en">'), /HTML/],
  ['XML', bytes('<?xml version="1.0"?><net name="m" version="11">'), /XML/],
  ['JSON', bytes('{"error": "Not found"}'), /JSON/],
  ['a graph of TensorFlow.js', bytes('{"format": "graph-model", "modelTopology": {"node": []}}'), /TensorFlow\.js/],
  ['TFLite', bytes('\x1c\0\0\0TFL3\x14\0\x20\0'), /TensorFlow Lite/],
  ['HDF5', bytes('\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0'), /HDF5/],
  ['GGUF', bytes('GGUF\x03\0\0\0\x01\0\0\0\0\0\0\0'), /GGUF/],
  ['ORT format', bytes('\x20\0\0\0ORTM\0\0\0\0'), /ORT format/],
  ['safetensors', safetensors('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'), /safetensors/],
  ['gzip', bytes('\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b'), /gzip/],
  ['zip', bytes('PK\x03\x04\x14\0\0\0\x08\0'), /zip/],
  ['a pickle', bytes('\x80\x02}q\0(X\x05\0\0\0'), /pickle/],
  ['text', bytes('Please log in to download this model.\n'), /but text$/],
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x48, 0, 0x69, 0), /but text$/],
  ["ONNX's own text", bytes('ir_version: 8\ngraph {\n}\n'), /text format/],
  ['nothing', new Uint8Array(0), /empty/],
  ['zeros', new Uint8Array(4096), /not an ONNX model|damaged|cut|byte 0/],
])('%s is named for what it is', (_, file, said) => {
  for (const call of [() => inspectOnnx(file), () => rewriteOnnx(file, { to: 'gelu' })]) {
    let error: unknown;
    try {
      call();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(OnnxFormatError);
    const message = (error as Error).message.replace(/ \(byte 0\)$/, '');
    expect(message).toMatch(said);
    expect(message).not.toMatch(/\n/);
  }
});

test('what a format begins with may stand in a model', () => {
  // ir_version 10, producer_name 'TFL3', an empty graph, opset 17
  const model = Uint8Array.of(8, 10, 0x12, 4, ...bytes('TFL3'), 0x3a, 3, 0x12, 1, 0x67, 0x42, 2, 0x10, 17);
  expect(inspectOnnx(model).nodes).toBe(0);
});

test('a directory is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gelu-format-'));
  await expect(openOnnxFile(folder)).rejects.toThrow(GeluTypeError);
  await expect(openOnnxFile(folder)).rejects.toThrow(/a directory/);
  await expect(openOnnxFile(join(folder, 'absent'))).rejects.toThrow(/ENOENT/);
  writeFileSync(join(folder, 'there'), 'x');
  (await openOnnxFile(join(folder, 'there'))).close();
  rmSync(folder, { recursive: true });
});
