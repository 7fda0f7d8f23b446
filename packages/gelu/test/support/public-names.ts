import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const LIBRARY = join(import.meta.dirname, '..', '..');

/** A function, class or constant that an entry exports, with its doc comment. */
export interface PublicName {
  readonly entry: string;
  readonly name: string;
  readonly documented: boolean;
  readonly examples: readonly string[];
}

/** The sources of the entries, by the names under which they are imported. */
export function entries(): Map<string, string> {
  const { exports } = JSON.parse(readFileSync(join(LIBRARY, 'package.json'), 'utf8'));
  const types = Object.entries<{ import: { types: string } }>(exports).filter(([path]) => path !== './package.json');
  return new Map(
    types.map(([path, conditions]) => [
      `gelu${path.slice(1)}`,
      join(LIBRARY, conditions.import.types.replace('./dist', 'src').replace(/\.d\.ts$/, '.ts')),
    ]),
  );
}

/** All that the entries export, each once, under the first entry that has it. */
export function publicNames(): PublicName[] {
  const files = entries();
  const program = ts.createProgram([...files.values()], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const found = new Map<ts.Symbol, PublicName>();
  for (const [entry, file] of files) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (found.has(symbol) || !(symbol.flags & ts.SymbolFlags.Value)) continue;
      const tags = symbol.getJsDocTags(checker).filter(({ name }) => name === 'example');
      found.set(symbol, {
        entry,
        name: exported.name,
        documented: symbol.getDocumentationComment(checker).length > 0,
        examples: tags.map(({ text }) => ts.displayPartsToString(text)),
      });
    }
  }
  return [...found.values()];
}
