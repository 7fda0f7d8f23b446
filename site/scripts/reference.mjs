// The API reference, from the doc comments of every entry of `gelu`: a page for each public name.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Application, Converter, ReflectionKind } from 'typedoc';

const site = join(import.meta.dirname, '..');
const library = join(site, '..', 'packages', 'gelu');
const { exports } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8'));

/** The source of each entry, by the name under which it is imported. */
const entries = new Map(
  Object.entries(exports)
    .filter(([name]) => name !== './package.json')
    .map(
      ([
        name,
        {
          import: { types },
        },
      ]) => [`gelu${name.slice(1)}`, join(library, types.replace('./dist', 'src').replace('.d.ts', '.ts'))],
    ),
);

const app = await Application.bootstrapWithPlugins({
  entryPoints: [...entries.values()],
  tsconfig: join(library, 'tsconfig.json'),
  basePath: library,
  plugin: ['typedoc-plugin-markdown'],
  out: join(site, '.content', 'api'),
  name: 'API reference',
  readme: 'none',
  router: 'member',
  entryFileName: 'index',
  hideBreadcrumbs: false,
  hidePageHeader: true,
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  indexFormat: 'table',
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  useCodeBlocks: true,
  pageTitleTemplates: { index: 'API reference', module: ({ name }) => name, member: ({ name }) => name },
  skipErrorChecking: true,
  githubPages: false,
});
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  if (!reflection.kindOf(ReflectionKind.Module)) return;
  const source = context.getSymbolFromReflection(reflection)?.declarations?.[0].getSourceFile().fileName;
  const [name] = [...entries].find(([, file]) => file === source) ?? [];
  if (name) reflection.name = name;
});
// A layer is a value and a type of one name: one page, the value's, is enough.
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const alias of project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
    const twin = alias.parent?.children?.find(({ name, kind }) => name === alias.name && kind !== alias.kind);
    if (twin) project.removeReflection(alias);
  }
});
const project = await app.convert();
if (!project) process.exit(1);
await app.generateOutputs(project);
if (app.logger.hasErrors()) process.exit(1);

// A type is shown where it is used: its page ends with the example of a function, class or constant of its entry that leads to it.
const api = join(site, '.content', 'api');
const files = readdirSync(api, { recursive: true }).filter(
  (file) => file.endsWith('.md') && !file.endsWith('index.md'),
);
const pages = new Map(files.map((file) => [file, readFileSync(join(api, file), 'utf8')]));
const entryOf = (file) => posix.dirname(posix.dirname(file));
const named = new Map(
  files.map((file) => [`${entryOf(file)} ${posix.basename(file, '.md').replace(/-\d+$/, '')}`, file]),
);
/** The pages that one leads to, by links or by names in its code, where typedoc makes no links. */
const linked = (file) => {
  const text = pages.get(file);
  const links = [...text.matchAll(/\]\(([^)#:]+\.md)/g)].map(([, path]) => posix.join(posix.dirname(file), path));
  const code = [...text.matchAll(/```ts\n[\s\S]*?```/g)].join('\n').match(/\b[A-Z]\w+/g) ?? [];
  return [...links, ...code.map((name) => named.get(`${entryOf(file)} ${name}`))].filter((page) => page !== file);
};
const exampleOf = (file) => /## Example[\s\S]*?(```ts\n[\s\S]*?```)/.exec(pages.get(file))?.[1];

/** Breadth first, from each page with an example of its own to the types that it names, and those that these name. */
const examples = new Map();
let queue = files.filter(exampleOf).map((file) => [file, file]);
while (queue.length > 0) {
  const next = [];
  for (const [file, from] of queue)
    for (const target of linked(file))
      if (pages.has(target) && !exampleOf(target) && !examples.has(target)) {
        examples.set(target, from);
        next.push([target, from]);
      }
  queue = next;
}
for (const [file, from] of examples) {
  const name = posix.basename(from, '.md').replace(/-\d+$/, '');
  const path = posix.relative(posix.dirname(file), from);
  const text = `${pages.get(file).trimEnd()}\n\n## Example\n\nAs in [${name}](${path}):\n\n${exampleOf(from)}\n`;
  writeFileSync(join(api, file), text);
}
const lacking = files.filter((file) => !exampleOf(file) && !examples.has(file));
if (lacking.length > 0) {
  console.error(`docs:site: no example of, and none that leads to: ${lacking.join(', ')}`);
  process.exit(1);
}
