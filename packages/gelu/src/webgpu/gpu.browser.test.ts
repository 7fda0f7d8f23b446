import { describe, expect, test } from 'vitest';
import { testPoints, worstError } from '../../test/support/errors.js';
import { boundOf, CASES, GPU } from '../../test/support/gpu-accuracy.js';
import { activation } from '../activations/index.js';
import { gelu } from '../functions/gelu.js';
import { renderFunction } from '../shaders/render.js';
import { createGeluGPU } from './index.js';

const x = testPoints();

describe('WebGPU in the browser, on a device of its own', async () => {
  const gpu = await createGeluGPU();
  const ones = new Float32Array(x.length).fill(1);

  test.each(CASES.slice(0, 3))('%s %o', async (name, parameters) => {
    const f = await gpu.activation(name, parameters);
    for (const order of [0, 1] as const) {
      const y = await (order === 0 ? f.forward(x) : f.backward(ones, x));
      const { worst, at } = worstError(activation(name, parameters), order, x, y, GPU);
      expect(worst, `order ${order}, at ${at}`).toBeLessThanOrEqual(2);
    }
  });

  test('float16, on the same memory', async () => {
    const half = await gpu.activation('gelu', {}, { dtype: 'float16' });
    const bits = Uint16Array.from({ length: 0x7c00 }, (_, i) => i);
    const right = gelu(bits, { dtype: 'float16' });
    await half.forward(bits, { out: bits });
    expect(bits.filter((b, i) => b !== right[i]).length).toBeLessThan(10);
  });
});

describe('the same functions in GLSL', () => {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')!;

  /** The values of `f` in this text, by a vertex shader with transform feedback. */
  function run(text: string): Float32Array {
    const program = gl.createProgram();
    const sources = [
      [gl.VERTEX_SHADER, `in float x;\nout float y;\n${text}\nvoid main() { y = f(x); }`],
      [gl.FRAGMENT_SHADER, 'void main() {}'],
    ] as const;
    for (const [type, source] of sources) {
      const shader = gl.createShader(type)!;
      gl.shaderSource(shader, `#version 300 es\nprecision highp float;\nprecision highp int;\n${source}`);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
      expect(gl.getShaderInfoLog(shader) ?? '').toBe('');
    }
    gl.transformFeedbackVaryings(program, ['y'], gl.SEPARATE_ATTRIBS);
    gl.linkProgram(program);
    gl.useProgram(program);
    const input = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, input);
    gl.bufferData(gl.ARRAY_BUFFER, x, gl.STATIC_DRAW);
    const at = gl.getAttribLocation(program, 'x');
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, 1, gl.FLOAT, false, 0, 0);
    const output = gl.createBuffer();
    gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, output);
    gl.bufferData(gl.TRANSFORM_FEEDBACK_BUFFER, x.byteLength, gl.STREAM_READ);
    gl.enable(gl.RASTERIZER_DISCARD);
    gl.beginTransformFeedback(gl.POINTS);
    gl.drawArrays(gl.POINTS, 0, x.length);
    gl.endTransformFeedback();
    const y = new Float32Array(x.length);
    gl.getBufferSubData(gl.TRANSFORM_FEEDBACK_BUFFER, 0, y);
    expect(gl.getError()).toBe(gl.NO_ERROR);
    for (const buffer of [input, output]) gl.deleteBuffer(buffer);
    gl.deleteProgram(program);
    return y;
  }

  test.each(CASES)('%s %o and its derivative', (name, parameters) => {
    const bound = activation(name, parameters);
    for (const order of [0, 1] as const) {
      const y = run(renderFunction(bound, order, { language: 'glsl', name: 'f' })!);
      const { worst, at } = worstError(bound, order, x, y, GPU);
      expect(worst, `order ${order}, at ${at}`).toBeLessThanOrEqual(boundOf(bound, order));
    }
  });
});
