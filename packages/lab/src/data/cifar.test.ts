import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/support/folder.js';
import { DataError } from '../console/errors.js';
import { loadCifar, VALUES } from './cifar.js';

const folder = emptyFolder('cifar');

const put = (name: string, ...records: Uint8Array[]): void => writeFileSync(join(folder, name), Buffer.concat(records));
/** Labels, then an image whose value i is (i + shift) mod 256. */
const record = (labels: number[], shift: number): Uint8Array =>
  Uint8Array.from([...labels, ...Array.from({ length: VALUES }, (_, i) => (i + shift) % 256)]);

function putCifar10(): void {
  for (const i of [1, 2, 3, 4, 5]) put(`data_batch_${i}.bin`, record([i], i), record([9 - i], 10 * i));
  put('test_batch.bin', record([7], 3));
}

test('CIFAR-10: five batches in their order', () => {
  putCifar10();
  const { train, test: judged, classes } = loadCifar(10, folder);
  expect([classes, train.count, judged.count]).toEqual([10, 10, 1]);
  expect([...train.labels]).toEqual([1, 8, 2, 7, 3, 6, 4, 5, 5, 4]);
  expect([...train.bytes.subarray(3 * VALUES, 3 * VALUES + 3)]).toEqual([20, 21, 22]);
  expect(judged.bytes[VALUES - 1]).toBe((VALUES - 1 + 3) % 256);
});

test('CIFAR-100: the fine labels, also from the folder of the archive', () => {
  mkdirSync(join(folder, 'cifar-100-binary'));
  put('cifar-100-binary/train.bin', record([19, 99], 0), record([1, 4], 1));
  put('cifar-100-binary/test.bin', record([0, 50], 2));
  const { train, test: judged } = loadCifar(100, folder);
  expect([...train.labels, ...judged.labels]).toEqual([99, 4, 50]);
  expect(train.bytes[VALUES]).toBe(1);
});

test.each<[string, Uint8Array, RegExp]>([
  ['a record cut short', record([1], 0).subarray(1), /records of 3073 bytes, it has 3072/],
  ['nothing', new Uint8Array(), /it has 0 bytes/],
  ['a label that is none', record([10], 0), /label 0 is 10, it must be below 10/],
])('names the file and the fault: %s', (_, bytes, message) => {
  putCifar10();
  put('data_batch_3.bin', bytes);
  expect(() => loadCifar(10, folder)).toThrow(DataError);
  expect(() => loadCifar(10, folder)).toThrow(message);
  expect(() => loadCifar(10, folder)).toThrow('data_batch_3.bin');
});

test('says what to fetch and where to put it', () => {
  expect(() => loadCifar(100, folder)).toThrow(/lacks train.bin, test.bin.*kriz\/cifar.html.*--data FOLDER/);
  expect(() => loadCifar(10, null)).toThrow(/CIFAR-10: no folder is given/);
});
