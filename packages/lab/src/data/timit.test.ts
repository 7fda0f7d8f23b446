import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/support/folder.js';
import { DataError } from '../console/errors.js';
import { readAudio } from './audio.js';
import { FEATURES, melFilters, mfcc, spectrum } from './mfcc.js';
import { CONTEXT, loadTimit, PHONES } from './timit.js';

const folder = emptyFolder('timit');

const tone = (hertz: number, seconds: number): Int16Array =>
  Int16Array.from({ length: 16_000 * seconds }, (_, i) => 8000 * Math.sin((2 * Math.PI * hertz * i) / 16_000));

function sphere(samples: Int16Array, extra = ''): Buffer {
  const fields = `channel_count -i 1\nsample_count -i ${samples.length}\nsample_rate -i 16000\nsample_n_bytes -i 2\nsample_byte_format -s2 01\n${extra}end_head\n`;
  const header = `NIST_1A\n   1024\n${fields}`.padEnd(1024);
  const bytes = Buffer.alloc(2 * samples.length);
  for (const [i, x] of samples.entries()) bytes.writeInt16LE(x, 2 * i);
  return Buffer.concat([Buffer.from(header, 'latin1'), bytes]);
}

function wave(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [34, 16],
  ])
    header.writeUInt16LE(value, at);
  header.writeUInt32LE(16_000, 24);
  header.write('data', 36);
  header.writeUInt32LE(2 * samples.length, 40);
  return Buffer.concat([header, sphere(samples).subarray(1024)]);
}

function put(path: string, content: string | Buffer): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** 1 second: silence, then a vowel, then a stop that counts for nothing. */
function putSentence(path: string, hertz = 500): void {
  put(`${path}.WAV`, sphere(tone(hertz, 1)));
  put(`${path}.PHN`, '0 4000 h#\n4000 12000 ix\n12000 16000 q\n');
}

test('39 phones, each once', () => {
  expect(PHONES).toHaveLength(39);
  expect(new Set(PHONES).size).toBe(39);
});

test('SPHERE and WAVE files give the same samples', () => {
  const samples = tone(440, 0.1);
  put('a.WAV', sphere(samples));
  put('b.wav', wave(samples));
  for (const name of ['a.WAV', 'b.wav']) {
    expect(readAudio(join(folder, name))).toEqual({ rate: 16_000, samples });
  }
});

test.each<[string, Buffer, RegExp]>([
  ['another format', Buffer.from('OggS and so on'), /neither/],
  ['compressed samples', sphere(tone(1, 0.1), 'sample_coding -s26 pcm,embedded-shorten-v2.00\n'), /coded as 'pcm,emb/],
  ['samples missing', sphere(tone(1, 0.1)).subarray(0, 2000), /1600 samples announced/],
])('refuses %s', (_, bytes, message) => {
  put('x.WAV', bytes);
  expect(() => readAudio(join(folder, 'x.WAV'))).toThrow(DataError);
  expect(() => readAudio(join(folder, 'x.WAV'))).toThrow(message);
});

test('the spectrum is the Fourier transform', () => {
  const values = Float64Array.from({ length: 16 }, (_, i) => Math.sin(i * i));
  const actual = spectrum(values);
  for (let k = 0; k <= 8; k++) {
    const part = (f: (x: number) => number): number =>
      values.reduce((sum, x, i) => sum + x * f((2 * Math.PI * k * i) / 16), 0);
    expect(actual[k]).toBeCloseTo(Math.hypot(part(Math.cos), part(Math.sin)), 10);
  }
});

test('the filter around a tone answers it, and the filters add up to 1 in between', () => {
  const filters = melFilters(16_000, 512);
  const magnitudes = spectrum(Float64Array.from(tone(1000, 0.032)));
  const answers = filters.map((filter) => filter.reduce((sum, w, i) => sum + w * magnitudes[i], 0));
  // 1,000 Hz is 1,000 mel; the corners are 105 mel apart.
  expect(answers.indexOf(Math.max(...answers))).toBe(Math.round(1000 / (2840 / 27)) - 1);
  for (let bin = 4; bin < 230; bin++) expect(filters.reduce((sum, f) => sum + f[bin], 0)).toBeCloseTo(1, 10);
});

test('frames of 25 ms every 10 ms; of a steady tone nothing changes', () => {
  const { frames, values } = mfcc({ rate: 16_000, samples: tone(500, 1) });
  expect(frames).toBe(98);
  const middle = values.subarray(50 * FEATURES, 51 * FEATURES);
  expect(middle[0]).toBeCloseTo(Math.log(400 * 0.5 * 8000 ** 2), 2);
  for (const change of middle.subarray(13)) expect(Math.abs(change)).toBeLessThan(0.01);
});

test('reads the corpus’s folders: parts by speaker, folded phones, frames with context', () => {
  putSentence('TRAIN/DR1/FCJF0/SI1027');
  putSentence('TRAIN/DR1/FCJF0/SA1');
  putSentence('train/dr2/mabc0/sx10', 700);
  putSentence('TEST/DR1/MDAB0/SX49');
  putSentence('TEST/DR1/FAKS0/SI943');
  putSentence('TEST/DR1/FXYZ0/SI1');
  const { train, validation, test: judged } = loadTimit(folder);
  // Middles before 12,000 samples: frames 0 … 73 of 98.
  expect([train.count, validation.count, judged.count]).toEqual([2 * 74, 74, 74]);
  expect(train.images).toHaveLength(train.count * CONTEXT * FEATURES);
  expect([...new Set(train.labels)].map((i) => PHONES[i]).sort()).toEqual(['ih', 'sil']);
  expect(train.labels.filter((i) => PHONES[i] === 'sil')).toHaveLength(2 * 24);
  // The first frame's context repeats it.
  expect(train.images.subarray(0, FEATURES)).toEqual(train.images.subarray(5 * FEATURES, 6 * FEATURES));
  const first = train.images.filter((_, i) => i % FEATURES === 2);
  expect(Math.abs(first.reduce((a, b) => a + b, 0) / first.length)).toBeLessThan(0.5);
});

test('says what to fetch, and names what is malformed', () => {
  expect(() => loadTimit(null)).toThrow(/LDC93S1.*--data FOLDER/);
  putSentence('TRAIN/DR1/FCJF0/SI1027');
  expect(() => loadTimit(folder)).toThrow(/holds no validation sentence/);
  put('TRAIN/DR1/FCJF0/SI1027.PHN', '0 100 xyz\n');
  expect(() => loadTimit(folder)).toThrow(/SI1027.PHN, line 1: must be/);
});
