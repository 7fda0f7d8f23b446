/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | readonly Part[];

/** A template whose values are escaped, unless they are Html; lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(render)));
}

export interface Column {
  title: string;
  /** Left-aligned text instead of right-aligned figures. */
  text?: boolean;
  /** What the figures mean, shown when the mouse rests on the title. */
  hint?: string;
}

/** A table in a box that scrolls sideways on small screens, with the keyboard too; `label` is what screen readers call it. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Part[])[],
  label: string = labelOf(columns),
): Html {
  const side = (i: number): string => (columns[i].text ? 'text' : 'figure');
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${columns.map((c, i) => (c.title === '' ? html`<td></td>` : html`<th scope="col" class="${side(i)}"${c.hint ? html` title="${c.hint}"` : ''}>${c.title}</th>`))}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class="${side(i)}">${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`;
}

function labelOf(columns: readonly Column[]): string {
  return `Table: ${columns.flatMap(({ title }) => title || []).join(', ')}`;
}

/** Text as it is, that scrolls sideways, with the keyboard too. */
export function code(text: string, label: string): Html {
  return html`<pre role="region" aria-label="${label}" tabindex="0">${text}</pre>`;
}

/** JSON behind a fold. */
export function folded(title: string, value: unknown): Html {
  return html`<details><summary>${title}</summary>${code(JSON.stringify(value, null, 2), title)}</details>`;
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return part.map(render).join('');
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}
