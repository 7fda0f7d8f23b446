import { type Signal, signal } from '@preact/signals';
import type { VNode } from 'preact';
import { PROGRAM } from '../digits/ids.js';
import { copy } from '../figure/files.js';
import { short } from '../format.js';
import { Section } from '../section.js';
import { type Running, startJob } from '../work/start.js';
import type { DeviceOutput, DeviceRow } from './job.js';

const found: Signal<DeviceOutput | undefined> = signal(undefined);
const busy: Signal<boolean> = signal(false);
const problem: Signal<string> = signal('');
const said: Signal<string> = signal('');
let running: Running | undefined;

function stop(): void {
  running?.stop();
  busy.value = false;
}

function measure(): void {
  if (busy.peek()) {
    stop();
    return;
  }
  [busy.value, found.value, problem.value, said.value] = [true, undefined, '', ''];
  const part = (output: DeviceOutput): void => {
    found.value = output;
  };
  const fail = (message: string): void => {
    problem.value = message;
    busy.value = false;
  };
  running = startJob<DeviceOutput>('device', null, { part, end: stop, problem: fail }, PROGRAM);
}

/** What was found, and where, to be sent to someone. */
function json(output: DeviceOutput): string {
  const { userAgent, hardwareConcurrency } = navigator;
  const device = { userAgent, hardwareConcurrency, crossOriginIsolated, adapter: output.adapter };
  const { rows, points, copy: copied } = output;
  return JSON.stringify({ date: new Date().toISOString(), device, points, copyMelemPerSecond: copied, rows }, null, 2);
}

export function DeviceSection(): VNode {
  const output = found.value;
  const done = output !== undefined && output.rows.length === output.of;
  return (
    <Section
      id="device"
      title="This device"
      lead={
        <p>
          How far off GELU is on this device, in units of the last place of float32, and how fast: JavaScript,
          WebAssembly, threads, WebGPU, whichever there are. It takes a few seconds; nothing is sent anywhere.
        </p>
      }
    >
      <div class="row">
        <button type="button" class="main" aria-pressed={busy.value} onClick={measure}>
          {busy.value ? 'Stop' : 'Measure'}
        </button>
        {done ? (
          <button
            type="button"
            onClick={async () => {
              said.value = (await copy(json(output))) ? 'copied' : 'this browser does not allow copying';
            }}
          >
            Copy as JSON
          </button>
        ) : null}
        <span role="status">{busy.value && output ? `measuring ${output.next}` : said.value}</span>
      </div>
      <p role="alert">{problem.value}</p>
      {busy.value ? (
        <progress max={output?.of ?? 1} value={output?.rows.length ?? 0} aria-label="ways measured" />
      ) : null}
      {output && output.rows.length > 0 ? <Rows {...output} /> : null}
    </Section>
  );
}

function Rows({ rows, copy: copied, points, adapter }: DeviceOutput): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div class="scroll sub" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">how</th>
            <th scope="col">worst error</th>
            <th scope="col">zero from</th>
            <th scope="col">speed</th>
            <th scope="col">of a copy</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.name} {...row} copied={copied} />
          ))}
        </tbody>
      </table>
      <p class="hint">
        Of {points} float32 inputs; speed on 2²⁰ elements{adapter === '' ? '' : `; WebGPU on ${adapter}`}. Each is
        compared with the exact values of its own form.
      </p>
    </div>
  );
}

function Row({ name, missing, worstUlp, worstUlpAt, firstZero, speed, copied }: DeviceRow & { copied: number }): VNode {
  if (missing !== '')
    return (
      <tr>
        <td>{name}</td>
        <td colSpan={4}>{missing}</td>
      </tr>
    );
  return (
    <tr>
      <td>{name}</td>
      <td>
        {short(worstUlp, 3)} ULP at {short(worstUlpAt, 4)}
      </td>
      <td>{firstZero === null ? 'never too early' : short(firstZero, 4)}</td>
      <td>{short(speed, 3)} M/s</td>
      <td>{short(speed / copied, 2)} ×</td>
    </tr>
  );
}
