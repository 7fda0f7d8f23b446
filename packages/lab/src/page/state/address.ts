import { batch, effect, type Signal, signal } from '@preact/signals';
import { activationsNamed } from '../../console/activation-spec.js';
import { fields } from './fields.js';
import { SECTIONS } from './sections.js';

/** The section that the address names. */
export const section: Signal<string> = signal('');

/** A part of the address that cannot be used. It stays there until it is dismissed, or what it names is changed. */
export interface Problem {
  part: string;
  key: string;
  reason: string;
}
export const problems: Signal<readonly Problem[]> = signal([]);

/** Text as part of an address: commas, colons and equals signs stay readable. */
const encoded = (text: string): string => text.replace(/[%&#\s"<>`\\{}|^]/g, encodeURIComponent);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the address says: values by field, the section, and what it says in vain. */
export function parseAddress(
  hash: string,
  sections: readonly string[],
): {
  section: string;
  values: Map<string, unknown>;
  problems: Problem[];
} {
  const values = new Map<string, unknown>();
  const found: Problem[] = [];
  let named = '';
  for (const raw of hash.replace(/^#/, '').split('&')) {
    if (raw === '') continue;
    const equals = raw.indexOf('=');
    const key = decoded(equals < 0 ? raw : raw.slice(0, equals));
    if (sections.includes(key) && equals < 0) {
      named = key;
      continue;
    }
    const field = fields.get(key);
    const text = decoded(raw.slice(equals + 1));
    try {
      if (field && equals >= 0) values.set(key, field.read(text));
      // '#gelu,silu:beta=1.5': activations alone
      else if (fields.has('f') && activationNames(decoded(raw))) values.set('f', fields.get('f')!.read(decoded(raw)));
      else found.push({ part: raw, key, reason: 'this page has no such part' });
    } catch (error) {
      const { message } = error as Error;
      found.push({ part: raw, key, reason: /^(a|one|two|at most) /.test(message) ? `expected ${message}` : message });
    }
  }
  return { section: named, values, problems: found };
}

function activationNames(text: string): boolean {
  try {
    return activationsNamed(text).length > 0;
  } catch {
    return false;
  }
}

/** The address of the present state, with another section or other values of some fields. */
export function addressOf(at: string = section.value, changed: Readonly<Record<string, string>> = {}): string {
  const parts = at === '' ? [] : [at];
  for (const [name, field] of fields) {
    const text = changed[name] ?? field.text();
    if (text !== undefined) parts.push(`${name}=${encoded(text)}`);
  }
  for (const { part, key } of problems.value) if (!parts.some((p) => p.startsWith(`${key}=`))) parts.push(part);
  return `#${parts.join('&')}`;
}

/** Takes what the address says; what it does not name gets its initial value. */
export function applyAddress(hash: string): void {
  const parsed = parseAddress(hash, Object.keys(SECTIONS));
  batch(() => {
    for (const [name, field] of fields) {
      if (parsed.values.has(name)) field.set(parsed.values.get(name));
      else field.reset();
    }
    problems.value = parsed.problems;
    section.value = parsed.section;
  });
}

const QUIET = 450;

/** Keeps the address and the state alike: an entry of the history for every change that has come to rest. */
export function keepAddress(): void {
  let written = location.hash;
  let timer = 0;
  applyAddress(written);
  effect(() => {
    const address = addressOf();
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const same = address === '#' ? '' : address;
      if (same === written || same === location.hash) return;
      // The first writing only puts right how the address is written.
      history.pushState(null, '', address === '#' ? location.pathname + location.search : address);
      written = location.hash;
    }, QUIET);
  });
  addEventListener('popstate', () => {
    clearTimeout(timer);
    written = location.hash;
    applyAddress(written);
  });
}
