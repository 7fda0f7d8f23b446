import * as util from 'node:util';

/** Whether text on a stream has colours: as FORCE_COLOR and NO_COLOR say, in this order, else where it is a terminal that has them. */
export function coloured(stream: NodeJS.WriteStream = process.stdout, env: NodeJS.ProcessEnv = process.env): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return !none && stream.isTTY === true && stream.hasColors(16, env);
}

type Format = Parameters<typeof util.styleText>[0];

/** Node.js has it since 20.12; a namespace lets older ones do without. */
function style(format: Format, text: string): string {
  return util.styleText?.(format, text, { validateStream: false } as never) ?? text;
}

const MARKS = /[✔✘]/g;
const OURS = /^\s*[\w/. -]+\(this library\)/;
const UNITS = /(?<=\d )(?:ULP|%|ns|µs|ms|s|min|h|[KMG]i?B|G(?:elem|FLOP)\/s)(?![\w/])/g;

/**
 * The colours of all text for people, put on when its lines are as they will be: ✔ green, ✘ red, rows of this library
 * bold, units after figures dim.
 */
export function paint(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const marked = line.replace(MARKS, (mark) => style(mark === '✔' ? 'green' : 'red', mark));
      // Bold and dim end with the same code, so they do not stand within each other.
      return OURS.test(line) ? style('bold', marked) : marked.replace(UNITS, (unit) => style('dim', unit));
    })
    .join('\n');
}
