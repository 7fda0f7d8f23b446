import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { percent } from '../format.js';
import { type Running, startJob } from '../work/start.js';
import type { SeedResult } from './job.js';
import { DecisionMap } from './map.js';
import { winInterval } from './race.js';
import { racers, setting } from './state.js';

const SEEDS = 12;
const STEPS = 300;

/** The same race from several seeds, as small multiples, and who wins how often. */
export function Seeds(): VNode {
  const results = useSignal<readonly SeedResult[]>([]);
  const names = useSignal<readonly string[]>([]);
  const busy = useSignal(false);
  const problem = useSignal('');
  const running = useRef<Running | undefined>(undefined);
  useEffect(() => () => running.current?.stop(), []);
  const stop = (): void => {
    running.current?.stop();
    busy.value = false;
  };
  const run = (): void => {
    if (busy.value) {
      stop();
      return;
    }
    results.value = [];
    names.value = racers.value.map(({ label }) => label);
    busy.value = true;
    problem.value = '';
    const specs = racers.value.map(({ spec }) => spec);
    running.current = startJob<SeedResult[]>(
      'seeds',
      { ...setting.value, specs, seeds: SEEDS, steps: STEPS },
      {
        part: (part) => {
          results.value = part;
        },
        end: () => {
          busy.value = false;
        },
        problem: (message) => {
          problem.value = message;
          busy.value = false;
        },
      },
    );
  };
  return (
    <div class="sub">
      <h3>Does it win, or was it luck?</h3>
      <p>
        {SEEDS} races of {STEPS} steps with other weights, points and batches: small maps of what each has learned, and
        who has the lower loss on points that nobody has seen.
      </p>
      <button type="button" onClick={run} aria-pressed={busy.value}>
        {busy.value ? 'Stop' : `Race from ${SEEDS} seeds`}
      </button>
      <p role="alert">{problem.value}</p>
      {busy.value ? <progress max={SEEDS} value={results.value.length} aria-label="seeds done" /> : null}
      {names.value.map((name, i) => (
        <div class="multiples" key={name}>
          <span>{name}</span>
          <div>
            {results.value.map(({ seed, maps, accuracies }) => (
              <DecisionMap
                key={seed}
                label={`${name}, seed ${seed}: ${percent(accuracies[i])} right`}
                logits={maps[i]}
              />
            ))}
          </div>
        </div>
      ))}
      {names.value.slice(1).map((other, k) => (
        <p key={other}>{verdict(names.value[0], other, results.value, k + 1)}</p>
      ))}
    </div>
  );
}

/** Who wins how often, with the interval; it ranks nobody whom the seeds do not tell apart. */
export function verdict(first: string, other: string, results: readonly SeedResult[], lane: number): string {
  const decided = results.filter(({ losses }) => losses[0] !== losses[lane]);
  const wins = decided.filter(({ losses }) => losses[0] < losses[lane]).length;
  if (decided.length < 2) return `${first} and ${other}: one seed tells nothing.`;
  const [low, high] = winInterval(wins, decided.length);
  const told = low > 0.5 ? `${first} does better here` : high < 0.5 ? `${other} does better here` : 'not told apart';
  return `${first} beats ${other} in ${wins} of ${decided.length} seeds (95 % interval ${percent(low)} to ${percent(high)}): ${told}.`;
}
