import { allCommands, type CommandNode, type Values } from './tree.js';

const q = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A completion script for bash 4 and newer. */
export function bashCompletion(root: CommandNode): string {
  const nodes = allCommands(root);
  const paths = nodes.slice(1).map(({ path }) => q(` ${path}`));
  const value = (pattern: string, { words, files }: Values): string[] => {
    if (files) return [`    ${pattern}) _gelu_lab_files "$cur"; return ;;`];
    return [`    ${pattern}) words=${q(words.join(' '))} ;;`];
  };
  return `# bash completion of gelu-lab: source <(gelu-lab completion bash)
_gelu_lab_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}
_gelu_lab() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' word words='' before=''
  # bash takes --name=value apart
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in ${paths.join('|')}) path="$path $word" ;; esac
  done
  case "$path $prev" in
${nodes
  .flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .flatMap(({ names, ...values }) =>
        value(names.map((name) => q(` ${path} ${name}`.replace(/^ {2}/, ' '))).join('|'), values),
      ),
  )
  .join('\n')}
    *) case "$path" in
${nodes
  .flatMap(({ path, options, children, positional }) => {
    const own = options.flatMap(({ names }) => names);
    const words = [...children.map((child) => child.path.split(' ').at(-1)!), ...positional.words];
    const pattern = q(path === '' ? '' : ` ${path}`);
    return [
      `      ${pattern})`,
      `        if [[ $cur == -* ]]; then words=${q(own.join(' '))}; else ${positional.files ? '_gelu_lab_files "$cur"; return' : `words=${q(words.join(' '))}`}; fi ;;`,
    ];
  })
  .join('\n')}
      esac ;;
  esac
  # a list goes on after its last comma
  [[ $cur == *,* ]] && before=\${cur%,*},
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$words" -- "\${cur##*,}")
}
complete -F _gelu_lab gelu-lab
`;
}
