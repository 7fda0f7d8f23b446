import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/support/folder.js';
import { called } from '../../test/support/cli.js';
import { LabError } from '../console/errors.js';
import { writeWhole } from './write.js';

const folder = emptyFolder('write');

test('a file keeps its mode, and nothing else is left', () => {
  const path = join(folder, 'file');
  writeFileSync(path, 'a longer text');
  chmodSync(path, 0o640);
  writeWhole(path, 'new');
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new', 0o640]);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('a link stays, and what it points to is written, be it there or not', () => {
  mkdirSync(join(folder, 'there'));
  symlinkSync('there/target', join(folder, 'second'));
  symlinkSync('second', join(folder, 'first'));
  for (const content of ['one', 'two']) {
    writeWhole(join(folder, 'first'), content);
    expect(readFileSync(join(folder, 'there/target'), 'utf8')).toBe(content);
  }
  expect([readlinkSync(join(folder, 'first')), readlinkSync(join(folder, 'second'))]).toEqual([
    'second',
    'there/target',
  ]);
  expect(readdirSync(join(folder, 'there'))).toEqual(['target']);
});

test('a device is written to, also through a link', () => {
  symlinkSync('/dev/null', join(folder, 'null'));
  writeWhole('/dev/null', 'text');
  writeWhole(join(folder, 'null'), 'text');
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  expect(() => writeWhole('/dev/full', 'text')).toThrow(/full cannot be written: ENOSPC/);
});

test('links in a circle and folders are told', () => {
  symlinkSync('b', join(folder, 'a'));
  symlinkSync('a', join(folder, 'b'));
  expect(() => writeWhole(join(folder, 'a'), '')).toThrow(LabError);
  expect(() => writeWhole(folder, '')).toThrow(/it is a folder/);
});

const CLI = fileURLToPath(new URL('../../bin/gelu-lab.js', import.meta.url));

test('a pipe is written to', () => {
  const call = `"${process.execPath}" "${CLI}" plot gelu --out`;
  const script = `mkfifo pipe.svg && { ${call} pipe.svg & cat pipe.svg; wait; test -p pipe.svg; }`;
  const { status, stdout } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/<svg/)]);
});

test('--out - is standard output', async () => {
  const svg = await called('plot', 'gelu', '--out', '-');
  expect(svg).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^<svg.*<\/svg>\s*$/s) });
  expect(await called('compare', 'gelu', 'relu', '--out', '-', '--json')).toMatchObject({ code: 2, out: '' });
  expect(await called('page', '--out', '-')).toMatchObject({ code: 0, err: '' });
  for (const command of ['tour', 'docs', 'evidence', 'flow'])
    expect(await called(command, '--out', '-')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--out is a folder/),
    });
});
