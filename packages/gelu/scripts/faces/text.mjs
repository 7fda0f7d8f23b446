// What the faces have in common: comments, options and examples.
const WIDTH = 120;

/** A doc comment of paragraphs, each broken into lines; an array stands as it is. */
export function comment(...paragraphs) {
  const lines = paragraphs.flatMap((text) => (Array.isArray(text) ? text : wrap(text)));
  return lines.length === 1 && lines[0].length < WIDTH - 7
    ? `/** ${lines[0]} */`
    : ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'].join('\n');
}

function wrap(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= WIDTH - 3) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** `text` with every line of it indented. */
export const indent = (text) => text.replace(/^(?=.)/gm, '  ');

/** A list of names in words: a, b and c. */
export const listed = (names) => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** A number as people write it, of so many digits if it has more. */
export function shown(value, digits = 17) {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return (Object.is(value, -0) ? '-0' : String(Number(value.toPrecision(digits)))).replace('-', '−');
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The name of an activation's options, if it has parameters. */
export const optionsName = ({ name, parameters }) =>
  Object.keys(parameters).length === 0 ? undefined : `${capital(name)}Options`;

/** The interface of an activation's options. */
export function optionsInterface(definition) {
  const members = Object.entries(definition.parameters).map(([name, spec]) => {
    const standard = typeof spec.default === 'string' ? `'${spec.default}'` : shown(spec.default);
    const type = spec.choices ? wordTypes(spec).join(' | ') : 'number';
    const says = `${capital(spec.description)}; ${spec.expected}.${wordsOf(spec)} Default ${standard}.`;
    return `${indent(comment(says))}\n  readonly ${name}?: ${type} | undefined;`;
  });
  const says = comment(`Parameters of {@link ${definition.name}}.`);
  return `${says}\nexport interface ${optionsName(definition)} {\n${members.join('\n')}\n}`;
}

const quoted = (value) => (typeof value === 'string' ? `'${value}'` : String(value));

/** The types of what a choice may be: the choices, and the words that others have for them. */
function wordTypes({ choices, words }) {
  const others = words.map(([word]) => word);
  const strings = [...choices, ...others.filter((word) => typeof word === 'string')].map(quoted);
  return others.includes(true) ? [...strings, 'boolean'] : strings;
}

/** What the words of other frameworks mean, as a sentence. */
const wordsOf = ({ words = [] }) =>
  words.length === 0 ? '' : ` Also ${words.map(([word, means]) => `${quoted(word)} for ${quoted(means)}`).join(', ')}.`;

/** Other parameters than the defaults, for examples: the first number twice as large; undefined if there is none. */
export function otherParameters({ parameters }, bind, definition) {
  for (const [name, spec] of Object.entries(parameters)) {
    if (typeof spec.default !== 'number') continue;
    const other = { [name]: spec.default === 0 ? 0.5 : 2 * spec.default };
    try {
      return bind(definition, other).parameters && other;
    } catch {}
  }
  return undefined;
}

/** An object as it stands in a program. */
export const literal = (object) =>
  `{ ${Object.entries(object)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')} }`;

/** Lines of an @example: a call, and what it gives as a comment, which a test compares. */
export const example = (lines) => [
  '@example',
  ...lines.map(([call, result]) => (result === undefined ? call : `${call}; // ${result}`)),
];

/** A result as it stands in an example. */
export function result(value) {
  if (typeof value === 'string') return `"${value}"`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [${value.join(', ')}]`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Where an activation comes from, as a paragraph. */
export function origin({ origin: from }) {
  if (!from) return [];
  const { authors, title, url } = from.paper;
  return ['', `Source: ${authors}, ${title} (${from.year}), ${url}.`];
}

/** Generated files begin with this. */
export const HEADER =
  '// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.\n';

/** The name under which a definition is imported. */
export const imported = ({ name }) => `${name}Definition`;

/** The import of a definition, seen from a folder of src. */
export const definitionImport = ({ file, definition }) =>
  `import { ${definition.name} as ${imported(definition)} } from '../activations/${file}.js';`;
