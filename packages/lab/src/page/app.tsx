import { useSignal } from '@preact/signals';
import { render, type VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { CompareSection } from './compare/section.js';
import { DepthSection } from './depth/section.js';
import { DeviceSection } from './device/section.js';
import { DigitsSection } from './digits/section.js';
import { EvidenceSection } from './evidence/section.js';
import { GateSection } from './gate/section.js';
import { ModelSection } from './model/section.js';
import { RaceSection } from './race/section.js';
import { addressOf, keepAddress, problems, section } from './state/address.js';
import { SECTIONS } from './state/sections.js';
import { inView } from './state/view.js';
import { TailSection } from './tail/section.js';

const PARTS: Readonly<Record<string, () => VNode>> = {
  gate: GateSection,
  compare: CompareSection,
  race: RaceSection,
  digits: DigitsSection,
  depth: DepthSection,
  tail: TailSection,
  model: ModelSection,
  device: DeviceSection,
  evidence: EvidenceSection,
};

/** The whole page, or one part of it for another page. */
function App({ embedded }: { embedded: string | undefined }): VNode {
  const at = section.value;
  // The gate is painted first, then what is below it.
  const whole = useSignal(at !== '' && at !== 'gate');
  const all = whole.value;
  useEffect(() => {
    if (at !== '') document.getElementById(at)?.scrollIntoView();
  }, [at, all]);
  useEffect(() => {
    requestAnimationFrame(() =>
      setTimeout(() => {
        whole.value = true;
      }),
    );
  }, []);
  if (embedded !== undefined) {
    const Part = PARTS[embedded];
    return (
      <main>
        <Problems />
        <Part />
        <p class="hint">
          <a href={`${location.pathname}${addressOf(embedded)}`} target="_blank" rel="noopener">
            Open in the lab
          </a>
        </p>
      </main>
    );
  }
  return (
    <>
      <header class="top">
        <h1>What GELU does, and what it does to a network</h1>
        <p>
          Touch everything. It is all computed in this page, by the library itself: nothing is loaded, nothing leaves
          it.
        </p>
      </header>
      <nav aria-label="Parts">
        <ul>
          {Object.keys(PARTS).map((id) => (
            <li key={id}>
              <a
                href={addressOf(id)}
                aria-current={inView.value === id ? 'true' : undefined}
                onClick={(event) => go(event, id)}
              >
                {SECTIONS[id]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Problems />
      <main>{Object.entries(PARTS).map(([id, Part]) => (all || id === 'gate' ? <Part key={id} /> : null))}</main>
    </>
  );
}

function go(event: MouseEvent, id: string): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  section.value = id;
  document.getElementById(id)?.scrollIntoView({ behavior: 'smooth' });
}

/** What the address says in vain. It is not replaced in silence: it stays until this is closed. */
function Problems(): VNode | null {
  if (problems.value.length === 0) return null;
  return (
    <div class="banner" role="alert">
      <ul>
        {problems.value.map(({ part, reason }) => (
          <li key={part}>
            The address says <code>{part}</code>: {reason}.
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => {
          problems.value = [];
        }}
      >
        Remove
      </button>
    </div>
  );
}

/** Draws the page and keeps its address. */
export function start(root: HTMLElement): void {
  keepAddress();
  const embedded = new URLSearchParams(location.search).get('embed') ?? undefined;
  const known = embedded !== undefined && embedded in PARTS;
  if (embedded !== undefined && !known) {
    const part = `?embed=${embedded}`;
    problems.value = [...problems.value, { part, key: '', reason: `expected one of ${Object.keys(PARTS).join(', ')}` }];
  }
  document.body.classList.toggle('embed', known);
  root.textContent = '';
  render(<App embedded={known ? embedded : undefined} />, root);
}
