import { allCommands, type CommandNode, type Values } from './tree.js';

const q = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A completion script for fish. */
export function fishCompletion(root: CommandNode): string {
  const nodes = allCommands(root);
  const values = ({ words, files }: Values): string => {
    if (files) return ' -F';
    return words.length === 0 ? '' : ` -a ${q(`(__fish_append , ${words.join(' ')})`)}`;
  };
  const lines = nodes.flatMap(({ path, options, children, positional }) => {
    const here = `complete -c gelu-lab -n ${q(`__gelu_lab_at ${q(path)}`)}`;
    return [
      ...children.map((child) => `${here} -a ${q(child.path.split(' ').at(-1)!)} -d ${q(child.description)}`),
      ...(positional.words.length > 0 || positional.files ? [`${here}${values(positional)}`] : []),
      ...options.map(({ names, description, takesValue, ...rest }) => {
        const named = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
        return `${here} ${named.join(' ')} -d ${q(description)}${takesValue ? ` ${rest.files ? '-r' : '-x'}${values(rest)}` : ''}`;
      }),
    ];
  });
  return `# fish completion of gelu-lab: gelu-lab completion fish | source
function __gelu_lab_at
  set -l path
  for word in (commandline -opc)[2..-1]
    set -l longer (string join -- ' ' $path $word)
    contains -- "$longer" ${nodes
      .slice(1)
      .map(({ path }) => q(path))
      .join(' ')}; and set path $longer
  end
  test "$path" = "$argv[1]"
end
complete -c gelu-lab -f
${lines.join('\n')}
`;
}
