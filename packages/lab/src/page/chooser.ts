import { activation, activations, type Bound } from 'gelu';
import { activationNamed } from '../console/activation-spec.js';
import { type Html, html } from '../html/html.js';

type Changed = (specs: readonly string[]) => void;

/** Controls for a list of activations and their parameters, as fieldsets in `form`; `changed` gets them as specs. */
export function chooser(form: HTMLFormElement, initial: readonly Bound[], changed: Changed): void {
  const draw = (bounds: readonly Bound[]): void => {
    form.innerHTML = html`${bounds.map(row)}<button type="button" data-add>Add an activation</button>`.text;
  };
  const redraw = (specs: readonly string[]): void => {
    draw(specs.map(boundOf));
    changed(read(form));
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', ({ target }) => {
    const element = target as HTMLInputElement;
    if (element.dataset.part !== 'name') return changed(read(form));
    const at = rows(form).indexOf(element.closest('fieldset')!);
    // another activation, other parameters
    redraw(read(form).map((spec, i) => (i === at ? element.value : spec)));
    part(rows(form)[at], 'name').focus();
  });
  form.addEventListener('click', ({ target }) => {
    const button = target as HTMLElement;
    if ('add' in button.dataset) {
      redraw([...read(form), 'silu']);
      part(rows(form).at(-1)!, 'name').focus();
    } else if ('remove' in button.dataset) {
      button.closest('fieldset')!.remove();
      redraw(read(form));
    }
  });
  draw(initial);
}

const rows = (form: HTMLFormElement): HTMLFieldSetElement[] => [...form.querySelectorAll('fieldset')];
const part = (set: HTMLElement, name: string): HTMLSelectElement => set.querySelector(`[data-part=${name}]`)!;

/** What the spec says; without the parameters if they are not allowed. */
function boundOf(spec: string): Bound {
  try {
    return activationNamed(spec).bound;
  } catch {
    return activation(spec.split(':')[0]);
  }
}

/** 'silu:beta=1.5' for each row; a field that was emptied is left out. */
function read(form: HTMLFormElement): string[] {
  return rows(form).map((set) => {
    const fields = [...set.querySelectorAll<HTMLInputElement>('[data-parameter]')].filter(({ value }) => value !== '');
    return [part(set, 'name').value, ...fields.map((f) => `${f.dataset.parameter}=${f.value}`)].join(':');
  });
}

function row({ definition, parameters }: Bound, i: number): Html {
  const option = (value: string, chosen: boolean): Html =>
    chosen ? html`<option selected>${value}</option>` : html`<option>${value}</option>`;
  const fields = Object.entries(definition.parameters).map(([name, { choices, description }]) =>
    choices
      ? html`<label title="${description}">${name}<select data-parameter="${name}">${choices.map((c) => option(String(c), c === parameters[name]))}</select></label>`
      : html`<label title="${description}">${name}<input data-parameter="${name}" type="number" step="any" value="${parameters[name]}"></label>`,
  );
  return html`<fieldset><legend>activation ${i + 1}</legend>
<label>name<select data-part="name">${activations.map(({ name }) => option(name, name === definition.name))}</select></label>
${fields}<button type="button" data-remove aria-label="Remove activation ${i + 1}">Remove</button></fieldset>`;
}
