import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useId, useMemo, useRef } from 'preact/hooks';
import { FigureContext, type FigurePlanes, type Shown } from '../plane/context.js';
import { addressOf } from '../state/address.js';
import { copy, csvOf, pngOf, save, svgOf } from './files.js';

/** A curve in the legend. */
export interface Key {
  name: string;
  color: string;
  dashed?: boolean | undefined;
  /** At the crosshair. */
  value?: string | undefined;
  hidden?: boolean;
  toggle?: () => void;
}

/** What computes the figure's numbers elsewhere: this library and PyTorch. */
export interface Code {
  gelu: string;
  pytorch: string;
}

interface FigureProps {
  /** The section whose link it has. */
  at: string;
  /** A sentence: what is to be seen. */
  title: string;
  legend?: readonly Key[];
  code?: () => Code;
  /** Its numbers, where they are not those of its planes. */
  csv?: () => string;
  /** Whether it has planes, which can be saved as pictures; default: yes. */
  pictures?: boolean;
  children: ComponentChildren;
}

/** A figure: its sentence, its legend, what it shows, and ways to take it along. */
export function Figure({ at, title, legend = [], code, csv, pictures = true, children }: FigureProps): VNode {
  const planes = useMemo(() => new Set<() => Shown>(), []);
  const context = useMemo<FigurePlanes>(
    () => ({
      add: (shown) => {
        planes.add(shown);
        return () => planes.delete(shown);
      },
    }),
    [],
  );
  const said = useSignal('');
  const dialog = useRef<HTMLDialogElement>(null);
  const menu = useRef<HTMLDetailsElement>(null);
  const id = useId();
  const all = (): Shown[] => [...planes].map((shown) => shown());
  const name = `gelu-${at}`;
  const svg = (): string =>
    svgOf(
      title,
      legend.filter(({ hidden }) => !hidden),
      all(),
    );
  const say = (text: string): void => {
    said.value = text;
    if (menu.current) menu.current.open = false;
    setTimeout(() => {
      said.value = '';
    }, 3000);
  };
  const png = async (): Promise<void> => {
    save(`${name}.png`, await pngOf(svg()));
    say('saved as PNG');
  };
  const link = async (): Promise<void> => {
    const address = location.href.replace(/[?#].*$/, '') + addressOf(at);
    say((await copy(address)) ? 'link copied' : address);
  };
  return (
    <figure aria-labelledby={id}>
      <div class="head">
        <h3 id={id}>{title}</h3>
        <details class="menu" ref={menu}>
          <summary aria-label="Save, link, code" title="Save, link, code">
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M10 3v9m-4-4 4 4 4-4M4 16h12" />
            </svg>
          </summary>
          <div class="items">
            {pictures ? (
              <>
                <button
                  type="button"
                  onClick={() => {
                    save(`${name}.svg`, svg(), 'image/svg+xml');
                    say('saved as SVG');
                  }}
                >
                  SVG
                </button>
                <button type="button" onClick={() => void png()}>
                  PNG
                </button>
              </>
            ) : null}
            <button
              type="button"
              onClick={() => {
                save(`${name}.csv`, csv?.() ?? csvOf(all()), 'text/csv');
                say('saved as CSV');
              }}
            >
              CSV
            </button>
            <button type="button" onClick={() => void link()}>
              Link
            </button>
            {code ? (
              <button
                type="button"
                onClick={() => {
                  dialog.current?.showModal();
                  if (menu.current) menu.current.open = false;
                }}
              >
                Code
              </button>
            ) : null}
          </div>
        </details>
      </div>
      {legend.length > 0 ? <Legend keys={legend} /> : null}
      <FigureContext.Provider value={context}>
        <div class="planes">{children}</div>
      </FigureContext.Provider>
      <p class="said" role="status">
        {said.value}
      </p>
      {code ? (
        <dialog ref={dialog} aria-label="Code">
          <CodeBlock name="This library" text={code().gelu} />
          <CodeBlock name="PyTorch" text={code().pytorch} />
          <form method="dialog">
            <button type="submit">Close</button>
          </form>
        </dialog>
      ) : null}
    </figure>
  );
}

/** Chips: a curve's colour and name, its value at the crosshair; a press hides or shows it. */
function Legend({ keys }: { keys: readonly Key[] }): VNode {
  const inside = ({ name, color, dashed, value }: Key): VNode => (
    <>
      <svg viewBox="0 0 18 8" aria-hidden="true">
        <path d="M0 4h18" style={{ stroke: `var(--c-${color})` }} stroke-dasharray={dashed ? '5 3' : undefined} />
      </svg>
      {name}
      {value === undefined ? null : <b>{value}</b>}
    </>
  );
  return (
    <ul class="legend">
      {keys.map((key) => (
        <li key={key.name}>
          {key.toggle ? (
            <button type="button" class="chip" aria-pressed={!key.hidden} onClick={key.toggle}>
              {inside(key)}
            </button>
          ) : (
            <span class="chip">{inside(key)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Code with a button that copies it. */
export function CodeBlock({ name, text }: { name: string; text: string }): VNode {
  const copied = useSignal(false);
  return (
    <div class="code">
      <div>
        <b>{name}</b>
        <button
          type="button"
          onClick={async () => {
            copied.value = await copy(text);
          }}
        >
          {copied.value ? 'Copied' : 'Copy'}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
