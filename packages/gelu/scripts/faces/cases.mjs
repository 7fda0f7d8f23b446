// Prints, as JSON, what `reference/family.py` needs of activations given by the names of their files: the formula after @reference in
// the comment before the definition, and the parameters to try: the defaults, and each list after @cases.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitions, source } from './definitions.mjs';

const { all, bind } = await definitions();

function cases(file) {
  const found = all.find((one) => one.file === file);
  if (!found) throw new Error(`there is no src/activations/${file}.ts`);
  const text = readFileSync(join(source, 'activations', `${file}.ts`), 'utf8');
  const reference = /^ \* @reference (.+)$/m.exec(text)?.[1];
  if (!reference) throw new Error(`src/activations/${file}.ts has no line ' * @reference <formula in Python>'`);
  const lists = [...text.matchAll(/^ \* @cases (.+)$/gm)].flatMap(([, line]) => line.split(';'));
  const given = lists.map((list) =>
    Object.fromEntries(list.split(',').map((part) => part.split('=').map((side) => side.trim()))),
  );
  const parameters = [{}, ...given].map((entries) =>
    Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, Number.isNaN(+value) ? value : +value])),
  );
  const { definition } = found;
  return {
    file,
    name: definition.name,
    reference,
    cases: parameters.map((own) => ({ given: own, all: bind(definition, own).parameters })),
  };
}

console.log(
  JSON.stringify(process.argv.slice(2).map(cases), (_, v) =>
    Math.abs(v) === Infinity ? `${v}`.replace('Infinity', 'inf') : v,
  ),
);
