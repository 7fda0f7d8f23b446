// Gathers the site's pages in site/.content from where their text is kept: docs/, the READMEs, FEATURES.md, CHANGELOG.md.
// Links between them are kept; a link to anything else in the repository becomes its path.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const content = join(root, 'site', '.content');

/** Pages by their file in the repository: where the site has them. */
const pages = new Map([
  ['site/index.md', 'index.md'],
  ['packages/gelu/README.md', 'library.md'],
  ['packages/lab/README.md', 'lab.md'],
  ['packages/native/README.md', 'native.md'],
  ['FEATURES.md', 'features.md'],
  ['CHANGELOG.md', 'changelog.md'],
  ['CONTRIBUTING.md', 'contributing.md'],
]);
for (const entry of readdirSync(join(root, 'docs'), { recursive: true }))
  if (entry.endsWith('.md')) pages.set(`docs/${entry}`, entry.replace(/README\.md$/, 'index.md'));
/** The root's README is the repository's face; the site's is its home page. */
const ALIASES = { 'README.md': 'index.md' };

/** Copied as they are: pictures beside the pages that show them, whole web pages into public/. */
const whole = (path) => path.endsWith('.html');

const url = (page, hash) => `/${page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '')}${hash ? `#${hash}` : ''}`;

/** What a link of `file` to `target` becomes. */
function link(file, text, target) {
  const [path, hash] = target.split('#');
  if (path === '') return undefined;
  const source = posix.join(dirname(file), path);
  const page = pages.get(source) ?? pages.get(posix.join(source, 'README.md')) ?? ALIASES[source];
  if (page) return `[${text}](${url(page, hash)})`;
  if (whole(source) && source.startsWith('docs/')) return `[${text}](/${source.slice(5)}){target="_self"}`;
  if (!existsSync(join(root, source))) throw new Error(`${file}: no such file: ${target}`);
  return text.includes(basename(source)) ? text : `${text} (\`${source}\`)`;
}

/** Pictures that follow the system's colours come in two, so that they follow the site's instead. */
function picture(file, alt, target) {
  const source = posix.join(dirname(file), target);
  const from = join(root, source);
  const to = posix
    .join(dirname(pages.get(file)), target)
    .replace(/^(\.\.\/)+/, '')
    .replace(/^docs\//, '');
  mkdirSync(dirname(join(content, 'public', to)), { recursive: true });
  const svg = target.endsWith('.svg') ? readFileSync(from, 'utf8') : '';
  if (!svg.includes('prefers-color-scheme')) {
    cpSync(from, join(content, 'public', to));
    return `![${alt}](/${to})`;
  }
  return ['light', 'dark']
    .map((scheme) => {
      const name = to.replace(/\.svg$/, `.${scheme}.svg`);
      const condition = scheme === 'dark' ? 'all' : 'not all';
      writeFileSync(join(content, 'public', name), svg.replaceAll('(prefers-color-scheme:dark)', ` ${condition}`));
      return `![${alt}](/${name}){.${scheme}-only}`;
    })
    .join(' ');
}

function page(file) {
  const text = readFileSync(join(root, file), 'utf8');
  // Code is left alone: neither its brackets nor its comments are markup.
  return text
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, i) => {
      if (i % 2 === 1) return part;
      return part
        .replace(/<!--[\s\S]*?-->\n?/g, '')
        .replace(/!\[([^\]]*)\]\((?!https?:)([^)\s]+)\)/g, (_, alt, target) => picture(file, alt, target));
    })
    .join('')
    .replace(
      /(?<!!)\[((?:[^\]`]|`[^`\n]*`)*)\]\((?!https?:|\/)([^)\s]+)\)(?!\{)/g,
      (all, label, target) => link(file, label, target) ?? all,
    );
}

rmSync(content, { recursive: true, force: true });
for (const [file, to] of pages) {
  mkdirSync(dirname(join(content, to)), { recursive: true });
  writeFileSync(join(content, to), page(file));
}
for (const entry of readdirSync(join(root, 'docs'), { recursive: true }).filter(whole)) {
  mkdirSync(dirname(join(content, 'public', entry)), { recursive: true });
  cpSync(join(root, 'docs', entry), join(content, 'public', entry));
}
mkdirSync(join(content, 'public', 'lab'), { recursive: true });
cpSync(join(root, 'packages', 'lab', 'dist', 'page.html'), join(content, 'public', 'lab', 'page.html'));
