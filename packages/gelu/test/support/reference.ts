import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A number of many digits, as reference/gelu.py describes it. */
export type Entry = [high: number, low?: number, exponent?: number, cancelled?: number];
/** x, and the function and two derivatives there. */
export type Row = [x: number, ...entries: [Entry, Entry, Entry]];
/** An activation with parameters. */
export type Case = { name: string; parameters: Record<string, number | string>; ranges: Record<string, Row[]> };

const folder = new URL('../../reference/data/', import.meta.url);
const read = (name: string): Case[] => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const own = new URL('family/', folder);

/** Multi-precision values of every activation, made by reference/family.py. */
export const FAMILY: readonly Case[] = [
  ...read('family.json'),
  ...(existsSync(own) ? readdirSync(own).flatMap((name) => read(`family/${name}`)) : []),
];
