import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../console/errors.js';
import { requireFree } from '../run/disk.js';
import { either, index, nothing, object, requireFields } from '../run/fields.js';
import { isObject, readJson, toJson } from '../run/json.js';
import { RunFolder } from '../run/run-folder.js';
import { writeWhole } from '../run/write.js';
import { type StudyConfig, studyConfig, type TrialConfig } from './config.js';
import type { TrialResult } from './outcome.js';
import type { Ended } from './plan.js';
import type { Trial } from './types.js';

const RESULT = 'result.json';
const FAILURE = 'failure.json';

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
    return studyConfig(config, join(this.path, 'config.json'));
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
        const end = this.end(id);
        return end === undefined ? [] : [[id, end]];
      }),
    );
  }

  /** How a trial has ended, undefined if it has not. */
  end(id: string): Ended | undefined {
    const path = this.trialPath(id);
    // One that was to go on and failed also has the result that it had before.
    if (existsSync(join(path, FAILURE))) return 'failed';
    return existsSync(join(path, RESULT)) ? readResult(join(path, RESULT)) : undefined;
  }

  fail(id: string, reason: string): void {
    writeWhole(join(this.trialPath(id), FAILURE), `${toJson({ reason }, 2)}\n`);
  }

  failures(): { id: string; reason: string }[] {
    return [...this.ended()].flatMap(([id, end]) => {
      if (end !== 'failed') return [];
      const { reason } = readJson(join(this.trialPath(id), FAILURE));
      return [{ id, reason: String(reason) }];
    });
  }

  /** Forgets the failures, so that those trials are tried again, from their checkpoints. */
  clearFailures(): void {
    for (const [id, end] of this.ended()) if (end === 'failed') rmSync(join(this.trialPath(id), FAILURE));
  }

  /**
   * As `lock`, and checks that `bytes` fit on the disk; to be called before any work.
   * @throws LabError likewise, and if the disk is too full.
   */
  take(bytes: number): () => void {
    const release = this.lock();
    try {
      requireFree(this.path, bytes, 'the study needs about');
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }
}

/** @throws DataError if the file is no result. */
export function readResult(path: string): TrialResult {
  const result = readJson(path);
  requireFields(path, result, {
    steps: index,
    divergedAt: either(index, nothing),
    final: object,
    curve: ['a list of objects', (value) => Array.isArray(value) && value.every(isObject)],
  });
  return result as unknown as TrialResult;
}
