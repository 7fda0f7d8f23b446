import { Interrupted } from '../../console/errors.js';
import { interruptible } from '../../console/interrupt.js';
import type { Progress } from '../../console/progress.js';
import { type Cell, type Depth, measureCell } from '../../landscape/cell.js';
import type { FunctionName } from '../../landscape/functions.js';
import type { Reference } from '../../landscape/reference.js';
import type { Target } from '../../landscape/target.js';
import { loadTarget } from '../../landscape/targets/index.js';
import { type Environment, environment } from '../../run/environment.js';
import { RunFolder } from '../../run/run-folder.js';
import { landscapeMarkdown } from './markdown.js';

/** What is measured; config.json. */
export interface LandscapeConfig {
  targets: string[];
  functions: FunctionName[];
  depth: Depth;
}

/** A target that could not be loaded, and why. */
export interface Absent {
  target: string;
  reason: string;
}

export interface LandscapeResults {
  config: LandscapeConfig;
  environment: Environment;
  cells: Cell[];
  absent: Absent[];
  folder: string;
  /** landscape.md in the folder. */
  page: string;
}

/** Measures in a new folder. @throws Interrupted after SIGINT; what was measured is in the folder, and `resume` goes on. */
export function startLandscape(config: LandscapeConfig, out: string, bar: Progress): Promise<LandscapeResults> {
  const folder = new RunFolder(out, 'landscape');
  folder.json('config.json', config);
  folder.json('environment.json', environment());
  return measure(folder, config, bar);
}

/** Goes on in the folder of a run that was stopped: what is measured stays, targets that were absent are tried again. */
export function resumeLandscape(path: string, bar: Progress): Promise<LandscapeResults> {
  const folder = new RunFolder(path);
  return measure(folder, folder.read<LandscapeConfig>('config.json'), bar);
}

async function measure(folder: RunFolder, config: LandscapeConfig, bar: Progress): Promise<LandscapeResults> {
  const release = folder.lock();
  const interruption = interruptible();
  const cells = cellsIn(folder);
  const absent: Absent[] = [];
  try {
    const references = new Map<string, Reference>();
    for (const [i, id] of config.targets.entries()) {
      const update = (part: number, label: string): void => bar.update((i + part) / config.targets.length, label);
      update(0, `loading ${id}`);
      let target: Target | undefined;
      try {
        target = await loadTarget(id);
        const wanted = config.functions.filter((name) => target!.calls[name] !== undefined);
        for (const [k, name] of wanted.entries()) {
          update(k / wanted.length, `${id}: ${name}`);
          await interruption.check();
          if (cells.some((cell) => cell.target === id && cell.function === name)) continue;
          const cell = await measureCell(id, target, name, config.depth, references);
          cells.push(cell);
          folder.metric({ kind: 'cell', ...cell });
          folder.log(`${id}: ${name}`);
        }
      } catch (error) {
        if (error instanceof Interrupted || target !== undefined) throw error;
        absent.push({ target: id, reason: (error as Error).message });
        folder.log(`${id} is not here: ${(error as Error).message}`);
      } finally {
        await target?.close?.();
      }
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(folder.path, `gelu-lab landscape --resume ${folder.path}`);
  } finally {
    interruption.release();
    release();
  }
  const results = { config, environment: folder.read<Environment>('environment.json'), cells, absent };
  folder.json('results.json', results);
  bar.update(1, 'done');
  return { ...results, folder: folder.path, page: folder.text('landscape.md', landscapeMarkdown(cells)) };
}

function cellsIn(folder: RunFolder): Cell[] {
  return folder
    .metrics()
    .filter(({ kind }) => kind === 'cell')
    .map(({ kind, ...cell }) => cell as unknown as Cell);
}
