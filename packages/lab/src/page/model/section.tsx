import { useSignal } from '@preact/signals';
import type { OnnxTarget } from 'gelu/onnx';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { save } from '../figure/files.js';
import { Section } from '../section.js';
import { target } from '../state/state.js';
import { type Running, startJob } from '../work/start.js';
import type { ModelInput, ModelOutput } from './job.js';

const TARGETS: readonly (readonly [OnnxTarget, string])[] = [
  ['gelu', 'one standard Gelu (opset 20)'],
  ['microsoft', 'ONNX Runtime’s com.microsoft.Gelu'],
  ['accurate', 'standard operators that keep the tail'],
  ['decomposed', 'the usual formula'],
];

export function ModelSection(): VNode {
  return (
    <Section
      id="model"
      title="Drop a model"
      lead={
        <p>
          An ONNX file, or a TensorFlow.js <code>model.json</code> with its weights. Nothing is uploaded: a worker in
          this page reads it, finds its activations by what they compute, says what ONNX Runtime makes of them, and
          writes a new file if you like.
        </p>
      }
    >
      <Workbench />
    </Section>
  );
}

function Workbench(): VNode {
  const files = useSignal<ModelInput['files']>([]);
  const output = useSignal<ModelOutput | undefined>(undefined);
  const state = useSignal<'idle' | 'busy' | 'over'>('idle');
  const problem = useSignal('');
  const said = useSignal('');
  const running = useRef<Running | undefined>(undefined);
  useEffect(() => () => running.current?.stop(), []);
  const run = (to?: OnnxTarget): void => {
    running.current?.stop();
    state.value = 'busy';
    problem.value = '';
    said.value = '';
    running.current = startJob<ModelOutput>('model', { files: files.value, ...(to && { to }) } satisfies ModelInput, {
      part: (part) => {
        output.value = part;
        if (part.rewritten) deliver(part.rewritten);
      },
      end: () => {
        state.value = 'idle';
      },
      problem: (message) => {
        state.value = 'idle';
        problem.value = message;
      },
    });
  };
  const deliver = ({ name, bytes, count, kept }: NonNullable<ModelOutput['rewritten']>): void => {
    if (count > 0) save(name, new Blob([bytes]));
    const told = count > 0 ? `${name}: ${count} rewritten` : 'Nothing could be rewritten';
    said.value = [told, ...kept.map((reason) => `kept: ${reason}`)].join('; ');
  };
  const take = async (list: FileList | null | undefined): Promise<void> => {
    if (!list || list.length === 0) return;
    output.value = undefined;
    state.value = 'busy';
    try {
      files.value = await Promise.all(
        [...list].map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      );
    } catch (error) {
      state.value = 'idle';
      problem.value = `The file cannot be read: ${(error as Error).message}`;
      return;
    }
    run();
  };
  const found = output.value;
  return (
    <>
      <label
        class={state.value === 'over' ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          state.value = 'over';
        }}
        onDragLeave={() => {
          state.value = 'idle';
        }}
        onDrop={(event) => {
          event.preventDefault();
          void take(event.dataTransfer?.files);
        }}
      >
        <b>{state.value === 'busy' ? 'Reading …' : 'Drop a model here, or choose one'}</b>
        <span>.onnx, or model.json together with its .bin files</span>
        <input
          type="file"
          multiple
          accept=".onnx,.json,.bin"
          onChange={({ currentTarget }) => void take(currentTarget.files)}
        />
      </label>
      <p role="alert">{problem.value}</p>
      {found ? (
        <>
          <p>
            <b>{found.summary}</b>
          </p>
          {found.rows.length > 0 ? (
            <Found rows={found.rows} runs={found.kind === 'onnx' ? 'in ONNX Runtime' : 'in TensorFlow.js'} />
          ) : null}
          {found.notUnderstood.length > 0 ? (
            <details>
              <summary>{found.notUnderstood.length} not understood</summary>
              <ul>
                {found.notUnderstood.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </details>
          ) : null}
          {found.rows.length > 0 ? (
            <div class="row">
              {found.kind === 'onnx' ? (
                <label class="select">
                  <span>every GELU becomes</span>
                  <select
                    value={target.value}
                    onChange={({ currentTarget }) => {
                      target.value = currentTarget.value as typeof target.value;
                    }}
                  >
                    {TARGETS.map(([value, text]) => (
                      <option key={value} value={value}>
                        {text}
                      </option>
                    ))}
                  </select>
                </label>
              ) : (
                <p class="hint">Each becomes one operation, which gelu/tfjs/converter runs.</p>
              )}
              <button type="button" class="main" onClick={() => run(target.value)}>
                Rewrite and download
              </button>
            </div>
          ) : null}
        </>
      ) : null}
      <p role="status">{said.value}</p>
    </>
  );
}

function Found({ rows, runs }: { rows: ModelOutput['rows']; runs: string }): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: what scrolls must be reached by the keyboard
    <div class="scroll" tabIndex={0} role="region" aria-label="The activations of the model">
      <table>
        <thead>
          <tr>
            <th scope="col">function</th>
            <th scope="col">written as</th>
            <th scope="col">{runs}</th>
            <th scope="col">place</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.place}>
              <td>{row.activation}</td>
              <td>{row.written}</td>
              <td>{row.runs}</td>
              <td>
                <code>{row.place}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
