// The API reference, from the doc comments of every entry of `gelu`: a page for each public name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
