import type { Found } from './find/find.js';
import { checkRewritten, type Problem } from './guard/guard.js';
import { type Graph, withInner } from './read/graph.js';
import type { OnnxFile } from './read/input.js';
import type { Model } from './read/model.js';
import { operatorOf } from './targets/operators.js';
import type { OnnxTarget, Wanted } from './targets/wanted.js';
import { analyse } from './types/analyse.js';
import { applyEdits } from './write/edit.js';
import { type ImportChange, importEdits } from './write/imports.js';
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

/** Writes what can be written so that the new file is right; the others are added to `kept`. @throws OnnxRewriteError */
export function attempt(work: Work, candidates: readonly Choice[], kept: Kept[]): Attempt {
  let left = candidates;
  for (let i = 0; ; i++) {
    const tried = write(work, dropBrokenFamilies(left, kept));
    const { chosen } = tried;
    const problems = chosen.length === 0 ? [] : checkRewritten(work.model, tried.output);
    if (problems.length === 0) return tried;
    const reasons = new Map(chosen.map((choice) => [choice, reasonFor(choice, problems)]));
    // Where it is not clear whose fault it is, or there is no end to it, nothing is written.
    const all = i === MOST_TRIES || [...reasons.values()].every((reason) => reason === undefined);
    left = chosen.filter((choice) => {
      const reason = reasons.get(choice) ?? (all ? problems[0].reason : undefined);
      if (reason !== undefined) kept.push({ places: choice.places, reason: `the new model would be wrong: ${reason}` });
      return reason === undefined;
    });
  }
}

function write({ file, model, to }: Work, chosen: readonly Choice[]): Attempt {
  const founds = chosen.map(({ found }) => found);
  const names = namesOf(model);
  const needed = imports(to, chosen);
  const raisedTo = needed?.domain === '' ? needed.version : 0;
  const written = chosen.map(({ found, wanted }) =>
    replacement(file, found, to, wanted, names, Math.max(wanted.opset, raisedTo)),
  );
  const changes = [...written, ...removals(founds)];
  const edited = new Set(changes.map(({ start }) => start));
  const context = { file, scopes: analyse(model), edited, names };
  const { edits: raised, change } = importEdits(model, needed, founds, context);
  const output = new RewrittenFile(file, applyEdits(file.size, [...changes, ...raised]));
  return { chosen, output, change };
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

/** All names of a model: of values and of nodes. */
function namesOf({ graph, functions }: Model): Set<string> {
  const names = new Set<string>();
  const add = ({ inputs, outputs, initializers, nodes }: Graph): void => {
    for (const list of [inputs, outputs, initializers.keys()]) for (const name of list) names.add(name);
    for (const node of nodes)
      for (const list of [[node.name], node.inputs, node.outputs]) for (const name of list) names.add(name);
  };
  for (const top of [graph, ...functions]) withInner(top).forEach(add);
  return names;
}
