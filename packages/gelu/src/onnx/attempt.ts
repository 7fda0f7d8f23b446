import { OnnxRewriteError } from './errors.js';
import type { Found } from './find/find.js';
import { checkRewritten, type Problem } from './guard/guard.js';
import type { Graph } from './read/graph.js';
import type { OnnxFile } from './read/input.js';
import type { Model } from './read/model.js';
import { operatorOf } from './targets/operators.js';
import type { OnnxTarget, Wanted } from './targets/wanted.js';
import { analyse } from './types/analyse.js';
import { applyEdits } from './write/edit.js';
import { type ImportChange, importEdits } from './write/imports.js';
import { Names } from './write/names.js';
import { RewrittenFile } from './write/output.js';
import { removals } from './write/remove.js';
import { baseOf, replacement } from './write/replace.js';

/** What was found at one place, to be replaced in the same way for all kinds of calls. */
export interface Choice {
  places: readonly Found[];
  found: Found;
  wanted: Wanted;
}

export interface Kept {
  places: readonly Found[];
  reason: string;
}

interface Attempt {
  chosen: readonly Choice[];
  output: RewrittenFile;
  change: ImportChange['change'];
}

interface Work {
  file: OnnxFile;
  model: Model;
  to: OnnxTarget;
}

/** How often a file is made anew without what was wrong in it. */
const MOST_TRIES = 8;

/**
 * Writes what can be written so that the new file is right; the others are added to `kept`.
 * @throws OnnxRewriteError if nothing is left since the opset cannot be raised.
 */
export function attempt(work: Work, candidates: readonly Choice[], kept: Kept[]): Attempt {
  let left = candidates;
  let refused: OnnxRewriteError | undefined;
  for (let tries = 0; ; ) {
    const whole = dropBrokenFamilies(left, kept);
    if (whole.length === 0 && refused !== undefined) throw refused;
    let tried: Attempt;
    try {
      tried = write(work, whole);
    } catch (error) {
      if (!(error instanceof OnnxRewriteError)) throw error;
      refused ??= error;
      left = dropNewest(work, whole, error, kept);
      continue;
    }
    const { chosen } = tried;
    const problems = chosen.length === 0 ? [] : checkRewritten(work.model, tried.output);
    if (problems.length === 0) return tried;
    const reasons = new Map(chosen.map((choice) => [choice, reasonFor(choice, problems)]));
    // Where it is not clear whose fault it is, or there is no end to it, nothing is written.
    const all = tries++ === MOST_TRIES || [...reasons.values()].every((reason) => reason === undefined);
    left = chosen.filter((choice) => {
      const reason = reasons.get(choice) ?? (all ? problems[0].reason : undefined);
      if (reason !== undefined) kept.push({ places: choice.places, reason: `the new model would be wrong: ${reason}` });
      return reason === undefined;
    });
  }
}

/** Those without what needs the highest opset, which the model cannot be raised to. */
function dropNewest({ to }: Work, choices: readonly Choice[], { message }: Error, kept: Kept[]): Choice[] {
  const versionOf = ({ wanted }: Choice): number => operatorOf(to, wanted)?.version ?? 0;
  const newest = choices.reduce((most, choice) => Math.max(most, versionOf(choice)), 0);
  return choices.filter((choice) => {
    const stays = versionOf(choice) < newest;
    if (!stays) kept.push({ places: choice.places, reason: message });
    return stays;
  });
}

function write({ file, model, to }: Work, chosen: readonly Choice[]): Attempt {
  const founds = chosen.map(({ found }) => found);
  const names = new Names(model);
  const needed = imports(to, chosen);
  const raisedTo = needed?.domain === '' ? needed.version : 0;
  const constants = new Map<Graph, Map<number, string>>();
  const written = [...chosen].sort(inFile).map(({ found, wanted }) => {
    const { graph } = found.scope;
    const here = constants.get(graph) ?? new Map<number, string>();
    constants.set(graph, here);
    return replacement(file, found, to, wanted, names, Math.max(wanted.opset, raisedTo), here);
  });
  const changes = [...written, ...removals(founds)];
  const edited = new Set(changes.map(({ start }) => start));
  const context = { file, scopes: analyse(model), edited, names };
  const { edits: raised, change } = importEdits(model, needed, founds, context);
  const output = new RewrittenFile(file, applyEdits(file.size, [...changes, ...raised]));
  return { chosen, output, change };
}

/** In the order of the file, so that what is written first stands first. */
function inFile({ found: a }: Choice, { found: b }: Choice): number {
  return (a.nodes.at(-1)?.place.begin ?? 0) - (b.nodes.at(-1)?.place.begin ?? 0);
}

function reasonFor({ found }: Choice, problems: readonly Problem[]): string | undefined {
  const base = baseOf(found);
  return problems.find(
    ({ graph, value }) =>
      graph === found.scope.graph.path &&
      value !== undefined &&
      (value === found.y || value.startsWith(`${base}_gelu_`)),
  )?.reason;
}

/** Those that have nodes in common are replaced together or not at all. */
function dropBrokenFamilies(candidates: readonly Choice[], kept: Kept[]): Choice[] {
  const all = new Set(candidates.flatMap(({ places }) => places));
  return candidates.filter(({ places }) => {
    const other = places.flatMap(({ family }) => family).find((member) => !all.has(member));
    if (other !== undefined) kept.push({ places, reason: `it has nodes in common with '${other.y}', which is kept` });
    return other === undefined;
  });
}

/** The domain and the least version that all need together. */
function imports(to: OnnxTarget, chosen: readonly Choice[]): { domain: string; version: number } | undefined {
  const operators = chosen.map(({ wanted }) => operatorOf(to, wanted)).filter((operator) => operator !== undefined);
  if (operators.length === 0) return undefined;
  const version = operators.reduce((most, each) => Math.max(most, each.version), 0);
  return { domain: operators[0].domain, version };
}
