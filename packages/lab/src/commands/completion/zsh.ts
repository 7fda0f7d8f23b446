import { allCommands, type CommandNode, type Values } from './tree.js';

const q = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** A word and what it means, for _describe. */
const described = (word: string, text: string): string => q(`${word.replaceAll(':', '\\:')}:${text}`);

/** A completion script for zsh. */
export function zshCompletion(root: CommandNode): string {
  const nodes = allCommands(root);
  const complete = ({ words, files }: Values): string =>
    files ? '_files' : words.length === 0 ? ':' : `compset -P '*,'; compadd -S '' -- ${words.map(q).join(' ')}`;
  return `#compdef gelu-lab
# zsh completion of gelu-lab: source <(gelu-lab completion zsh), after compinit
_gelu_lab() {
  local at='' word cur=\${words[CURRENT]} prev=\${words[CURRENT-1]}
  local -a found
  for word in \${words[2,CURRENT-1]}; do
    case "$at $word" in (${nodes
      .slice(1)
      .map(({ path }) => q(` ${path}`))
      .join('|')}) at="$at $word" ;; esac
  done
  if [[ $cur == --*=* ]]; then prev=\${cur%%=*}; compset -P '*='; fi
  case "$at $prev" in
${nodes
  .flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ names, ...values }) =>
          `    (${names.map((name) => q(`${path === '' ? '' : ` ${path}`} ${name}`)).join('|')}) ${complete(values)}; return ;;`,
      ),
  )
  .join('\n')}
  esac
  case "$at" in
${nodes
  .map(({ path, options, children, positional }) => {
    const own = options.flatMap(({ names, description }) => names.map((name) => described(name, description)));
    const commands = children.map((child) => described(child.path.split(' ').at(-1)!, child.description));
    const rest = commands.length > 0 ? `found=(${commands.join(' ')}); _describe command found` : complete(positional);
    return `    (${q(path === '' ? '' : ` ${path}`)})
      if [[ $cur == -* ]]; then found=(${own.join(' ')}); _describe option found; else ${rest}; fi ;;`;
  })
  .join('\n')}
  esac
}
compdef _gelu_lab gelu-lab
`;
}
