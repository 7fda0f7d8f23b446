import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, LabError, UsageError } from '../console/errors.js';
import { requireFree } from '../run/disk.js';
import { isObject, parseJson, toJson } from '../run/json.js';
import { RunFolder } from '../run/run-folder.js';
import { writeWhole } from '../run/write.js';
import { type StudyConfig, studyConfig, type TrialConfig } from './config.js';
import type { TrialResult } from './outcome.js';
import type { Ended } from './plan.js';
import type { Trial } from './types.js';

const RESULT = 'result.json';
const FAILURE = 'failure.json';
const LOCK = 'lock';

/**
 * The folder of a study, a run like others with a folder for each trial: what is known of its trials is what their folders hold, so nothing else must be kept in step. A
 * trial has ended when its result.json or failure.json is there; both appear whole or not at all.
 */
export class StudyFolder extends RunFolder {
  /** Takes the folder of a study that is there. @throws UsageError if it is none. */
  static open(path: string): StudyFolder {
    if (!existsSync(join(path, 'config.json')))
      throw new UsageError(`${path} holds no study (there is no config.json)`);
    return new StudyFolder(path);
  }

  /** @throws UsageError if the folder is that of another command. */
  config(): StudyConfig {
    const config = this.read<StudyConfig>('config.json');
    if (config.command !== 'study') throw new UsageError(`${this.path} holds a run of '${config.command}', no study`);
    return studyConfig(config);
  }

  trialPath(id: string): string {
    return join(this.path, 'trials', id);
  }

  /** Makes the trial's folder with its config.json. */
  prepare(trial: Trial, { study, data }: Pick<StudyConfig, 'study' | 'data'>): string {
    const path = this.trialPath(trial.id);
    mkdirSync(path, { recursive: true });
    const { settings, steps } = trial;
    const config: TrialConfig = { command: 'study', study, settings, steps, data };
    writeWhole(join(path, 'config.json'), `${toJson(config, 2)}\n`);
    return path;
  }

  /** Every trial that has ended, by its id. */
  ended(): Map<string, Ended> {
    const all = join(this.path, 'trials');
    const ids = existsSync(all) ? readdirSync(all).sort() : [];
    return new Map(
      ids.flatMap((id): [string, Ended][] => {
        if (existsSync(join(all, id, RESULT))) return [[id, readResult(join(all, id, RESULT))]];
        return existsSync(join(all, id, FAILURE)) ? [[id, 'failed']] : [];
      }),
    );
  }

  fail(id: string, reason: string): void {
    writeWhole(join(this.trialPath(id), FAILURE), `${toJson({ reason }, 2)}\n`);
  }

  failures(): { id: string; reason: string }[] {
    return [...this.ended()].flatMap(([id, end]) => {
      if (end !== 'failed') return [];
      return [{ id, ...(JSON.parse(readFileSync(join(this.trialPath(id), FAILURE), 'utf8')) as { reason: string }) }];
    });
  }

  /** Forgets the failures, so that those trials are tried again, from their checkpoints. */
  clearFailures(): void {
    for (const { id } of this.failures()) rmSync(join(this.trialPath(id), FAILURE));
  }

  /**
   * Takes the folder for this process, and checks that `bytes` fit on the disk; to be called before any work.
   * @throws LabError if another process that still runs has it, if it is read-only or the disk too full.
   */
  lock(bytes: number): () => void {
    const file = join(this.path, LOCK);
    const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
    if (other !== process.pid && isRunning(other)) {
      throw new LabError(`${this.path} is in use by process ${other}; if that is no study, delete ${file}`);
    }
    try {
      writeFileSync(file, String(process.pid));
    } catch (error) {
      throw new LabError(`${this.path} cannot be written to: ${(error as Error).message}`);
    }
    const release = (): void => rmSync(file, { force: true });
    try {
      requireFree(this.path, bytes, 'the study needs about');
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }
}

/** @throws LabError if the file is no result. */
export function readResult(path: string): TrialResult {
  try {
    const result = parseJson(readFileSync(path, 'utf8'));
    if (!isObject(result) || !Array.isArray(result.curve) || !result.curve.every(isObject) || !isObject(result.final))
      throw new Error('no result of a trial');
    if (typeof result.steps !== 'number') throw new Error('it does not tell its steps');
    return result as unknown as TrialResult;
  } catch (error) {
    throw new DataError(`${path}: ${(error as Error).message}`);
  }
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
