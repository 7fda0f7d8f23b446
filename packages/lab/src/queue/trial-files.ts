import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DataError } from '../console/errors.js';
import { writeWhole } from '../run/write.js';
import { checkpointStep, checkpoints } from '../training/checkpoint.js';
import { MOST } from './messages.js';
import type { Files, State } from './store.js';

/** What of a trial's folder goes with it: text is compressed. */
const TEXTS = ['metrics.jsonl', 'log.txt'] as const;
const CHECKPOINT = 'checkpoint';
const RESULT = 'result.json';
const FAILURE = 'failure';
/** Far more than the lines of the longest trial. */
const MOST_TEXT = 2 ** 27;

/**
 * How far the trial in a folder is: its newest checkpoint with the lines that belong to it; null before the first. The
 * checkpoint is read first: lines are on the disk before it is.
 */
export function packState(folder: string): State | null {
  const newest = checkpoints(folder).at(-1);
  if (newest === undefined) return null;
  const checkpoint = readFileSync(newest);
  return { step: checkpointStep(newest), files: { [CHECKPOINT]: checkpoint, ...packTexts(folder) } };
}

/** The whole of a trial that has ended as it should. */
export function packResult(folder: string): State {
  const state = packState(folder);
  return {
    step: state?.step ?? 0,
    files: { ...(state?.files ?? packTexts(folder)), [RESULT]: readFileSync(join(folder, RESULT)) },
  };
}

/** How far it was, and why it went no further. */
export function packFailure(folder: string, reason: string): State {
  const state = packState(folder);
  return { step: state?.step ?? 0, files: { ...state?.files, [FAILURE]: Buffer.from(reason) } };
}

/** Puts the files of a trial into its folder; the result, which says that it has ended, last. @throws DataError, LabError. */
export function unpack(folder: string, { step, files }: State): void {
  for (const name of TEXTS) if (files[name]) writeWhole(join(folder, name), inflated(name, files[name]));
  if (files[CHECKPOINT]) {
    const name = `checkpoint-${String(step).padStart(8, '0')}.safetensors`;
    writeWhole(join(folder, name), files[CHECKPOINT], { durable: true });
    // A later one would be of a state that this trial has not come to.
    for (const other of checkpoints(folder)) if (basename(other) !== name) rmSync(other);
  }
  if (files[RESULT]) writeWhole(join(folder, RESULT), files[RESULT], { durable: true });
}

/** The text of the result, of the failure. @throws DataError without one, or if it is too large. */
export function textOf({ files }: State, what: 'result' | 'failure'): string {
  const bytes = files[what === 'result' ? RESULT : FAILURE];
  if (bytes === undefined || bytes.length > MOST.result) throw new DataError(`the queue holds no ${what}`);
  return bytes.toString('utf8');
}

function packTexts(folder: string): Files {
  const there = TEXTS.filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(there.map((name) => [name, gzipSync(readFileSync(join(folder, name)), { level: 1 })]));
}

function inflated(name: string, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_TEXT });
  } catch (error) {
    throw new DataError(`the queue's ${name} cannot be unpacked: ${(error as Error).message}`);
  }
}
