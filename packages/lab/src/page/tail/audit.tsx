import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Choice } from '../controls.js';
import { copy } from '../figure/files.js';
import { short } from '../format.js';
import { auditForm } from '../state/state.js';
import { type Running, startJob } from '../work/start.js';
import type { AuditInput, AuditOutput } from './audit-job.js';

const EXAMPLE = '(x) => 0.5 * x * (1 + Math.tanh(0.7978845608 * (x + 0.044715 * x ** 3)))';
const LONGEST = 10_000;

const LEVELS: Readonly<Record<AuditOutput['level'], string>> = {
  exact: 'correctly rounded',
  '1ulp': 'within 1 ULP',
  framework: 'as close as frameworks promise',
  none: 'not as close as frameworks promise',
};
const COLOURS = { exact: 'green', '1ulp': 'green', framework: 'orange', none: 'red' } as const;

/** Someone's function, tried at many float32 inputs in a worker: what it reaches, with a badge. */
export function Audit(): VNode {
  const source = useSignal(EXAMPLE);
  const result = useSignal<AuditOutput | undefined>(undefined);
  const busy = useSignal(false);
  const problem = useSignal('');
  const copied = useSignal(false);
  const running = useRef<Running | undefined>(undefined);
  const timer = useRef(0);
  const stop = (): void => {
    running.current?.stop();
    clearTimeout(timer.current);
    busy.value = false;
  };
  useEffect(() => stop, []);
  const fail = (message: string): void => {
    stop();
    problem.value = message;
  };
  const run = (): void => {
    if (busy.value) {
      stop();
      return;
    }
    busy.value = true;
    problem.value = '';
    copied.value = false;
    result.value = undefined;
    running.current = startJob<AuditOutput>(
      'audit',
      { source: source.value, form: auditForm.value } satisfies AuditInput,
      {
        part: (part) => {
          result.value = part;
        },
        end: stop,
        problem: fail,
      },
    );
    timer.current = window.setTimeout(() => fail(`It has not come to an end in ${LONGEST / 1000} s.`), LONGEST);
  };
  const found = result.value;
  return (
    <div class="sub">
      <h3>How good is yours?</h3>
      <label class="field">
        <span>a function of a number, in JavaScript; it runs in a worker when you press Audit, and nowhere else</span>
        <textarea
          rows={3}
          spellcheck={false}
          value={source.value}
          onInput={({ currentTarget }) => {
            source.value = currentTarget.value;
          }}
        />
      </label>
      <div class="row">
        <Choice
          label="it should be"
          value={auditForm}
          options={[
            ['none', 'exact'],
            ['tanh', 'tanh'],
            ['sigmoid', 'sigmoid'],
          ]}
        />
        <button type="button" onClick={run} aria-pressed={busy.value}>
          {busy.value ? 'Stop' : 'Audit'}
        </button>
      </div>
      <p role="alert">{problem.value}</p>
      {found ? (
        <div role="status">
          <p>
            <b class="badge" style={{ '--at': `var(--c-${COLOURS[found.level]})` }}>
              <span>GELU in float32</span>
              <span>{LEVELS[found.level]}</span>
            </b>
          </p>
          <p>
            At {found.points} inputs it is off by at most {short(found.worstUlp, 3)} ULP, at x ={' '}
            {short(found.worstUlpAt, 6)}
            {found.firstZero === null
              ? ''
              : `; it is 0 from x = ${short(found.firstZero, 5)} on, where numbers are left`}
            {found.notFinite === 0 ? '' : `; ${found.notFinite} results are not finite`}.
          </p>
          <button
            type="button"
            onClick={async () => {
              copied.value = await copy(badge(found));
            }}
          >
            {copied.value ? 'Copied' : 'Copy the badge as SVG'}
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** A badge as an SVG file. */
function badge({ level }: AuditOutput): string {
  const fill = { green: '#12805c', orange: '#b34f00', red: '#c2304a' }[COLOURS[level]];
  const [left, right] = [118, 16 + 7 * LEVELS[level].length];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="22" role="img" aria-label="GELU in float32: ${LEVELS[level]}"><rect width="${left}" height="22" rx="4" fill="#444"/><rect x="${left - 4}" width="${right + 4}" height="22" rx="4" fill="${fill}"/><g fill="#fff" font-family="system-ui,sans-serif" font-size="12"><text x="10" y="15">GELU in float32</text><text x="${left + 6}" y="15">${LEVELS[level]}</text></g></svg>`;
}
