// The table of names in docs/guides/pytorch.md, from the registry: what PyTorch, JAX, Keras, Hugging Face and ONNX call each
// activation. `node scripts/names-table.mjs` writes it; a test holds it current.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = join(import.meta.dirname, '..', 'docs', 'guides', 'pytorch.md');

/** Those that PyTorch does not have as a function and a layer. */
const NOT_IN_PYTORCH = new Set([
  ...['calu', 'clippedGelu', 'exponential', 'hardMish', 'lalu', 'laplace', 'reluSquared'],
  ...['sparsePlus', 'sparseSigmoid', 'squareplus', 'xielu'],
]);
const PYTORCH = {
  "gelu(x, { approximate: 'tanh' })": "`F.gelu(x, approximate='tanh')`, `nn.GELU('tanh')`",
  "gelu(x, { approximate: 'sigmoid' })": '`x * torch.sigmoid(1.702 * x)`',
  'exponential(x)': '`torch.exp`',
};
const COLUMNS = [
  ['JAX', (name) => `nn.${name}`, ['JAX']],
  ['Keras, TensorFlow', (name) => name, ['Keras', 'TensorFlow']],
  ['Hugging Face', (name) => name, ['Hugging Face']],
  ['ONNX', (name) => name, ['ONNX']],
];

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const code = (names) => [...new Set(names)].map((name) => `\`${name}\``).join(', ');

/** Parameters as they are written in a call; '' for none. */
function written(parameters, specs) {
  const entries = Object.entries(parameters ?? {})
    .filter(([name, value]) => specs[name].default !== value)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : (value ?? 'Infinity')}`);
  return entries.length === 0 ? '' : `{ ${entries.join(', ')} }`;
}

/** Hugging Face's and Keras's classes have the names of their functions, in another case. */
const isFunction = ({ name, source }) => source === 'ONNX' || !/^[A-Z]/.test(name);

/** The table, of activations of the registry. */
export function namesTable(activations) {
  const rows = activations.flatMap(({ name, layer, aliases, parameters: specs }) => {
    const variants = [
      ...new Set(['', ...aliases.filter(isFunction).map(({ parameters }) => written(parameters, specs))]),
    ];
    return variants.map((variant) => {
      const own = variant === '' ? `${name}(x)` : `${name}(x, ${variant})`;
      const inPyTorch = variant === '' && !NOT_IN_PYTORCH.has(name);
      const pytorch = inPyTorch
        ? code([...(name === 'identity' ? [] : [`F.${snake(name)}`]), `nn.${layer}`])
        : (PYTORCH[own] ?? '');
      const cells = COLUMNS.map(([, as, sources]) =>
        code(
          aliases
            .filter(
              (alias) =>
                isFunction(alias) && sources.includes(alias.source) && written(alias.parameters, specs) === variant,
            )
            .map((alias) => as(alias.name)),
        ),
      );
      return [code(variant === '' ? [own, `new ${layer}()`] : [own]), pytorch, ...cells];
    });
  });
  const header = ['here', 'PyTorch', ...COLUMNS.map(([title]) => title)];
  return [header, header.map(() => '---'), ...rows.filter((cells) => cells.slice(1).some(Boolean))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** The guide with this table in its place. */
export function withTable(text, activations) {
  return text.replace(
    /(<!-- names -->\n)[\s\S]*(<!-- \/names -->)/,
    (_, start, end) => `${start}${namesTable(activations)}\n${end}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { activations } = await import('../packages/gelu/dist/index.js');
  writeFileSync(FILE, withTable(readFileSync(FILE, 'utf8'), activations));
}
