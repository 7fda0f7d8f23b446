import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTheme, defineConfig } from 'vitepress';

const content = join(import.meta.dirname, '..', '.content');
type Items = DefaultTheme.SidebarItem[];

/** The first heading of a page, without its markup and without typedoc's word for the kind of thing. */
function title(page: string): string {
  const [, heading] = /^# (.*)$/m.exec(readFileSync(join(content, page), 'utf8')) ?? [];
  return (heading ?? page).replace(/^\w+(?: \w+)?: /, '').replace(/\\|\(\)$|<.*>$/g, '');
}

const item = (page: string, text = title(page)): DefaultTheme.SidebarItem => ({
  text,
  link: `/${page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '')}`,
});

const GUIDES = [
  'start',
  'pytorch',
  'tensorflow-js',
  'jax-js',
  'onnx',
  'webgpu',
  'browsers',
  'accuracy-explained',
  'choosing',
];
const KINDS: Record<string, readonly string[]> = {
  'Functions, layers, classes': ['functions', 'variables', 'classes'],
  Types: ['interfaces', 'type-aliases'],
};

const pages = (folder: string): Items =>
  existsSync(join(content, folder))
    ? readdirSync(join(content, folder))
        .filter((name) => name.endsWith('.md') && name !== 'index.md')
        .map((name) => item(`${folder}/${name}`))
        .sort((a, b) => String(a.text).localeCompare(String(b.text)))
    : [];

/** An entry of the library and those below it. */
function entries(folder: string, name: string): Items {
  // Each group is a link: a heading that only opens it would be a button within a button.
  const groups = Object.entries(KINDS).map(([text, kinds]) => ({
    text,
    link: `/${folder}/#${kinds.find((kind) => existsSync(join(content, folder, kind)))}`,
    items: kinds.flatMap((kind) => pages(`${folder}/${kind}`)),
    collapsed: true,
  }));
  const own = { ...item(`${folder}/index.md`, name), collapsed: true };
  const below = readdirSync(join(content, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(content, folder, entry.name, 'index.md')))
    .flatMap((entry) => entries(`${folder}/${entry.name}`, `${name}/${entry.name}`));
  return [{ ...own, items: groups.filter(({ items }) => items.length > 0) }, ...below];
}

const guides: Items = [
  { text: 'Guides', items: [...GUIDES.map((name) => item(`guides/${name}.md`)), item('transformers-js.md')] },
  {
    text: 'Manuals',
    items: [
      item('library.md', 'The library: gelu'),
      item('lab.md', 'The lab: gelu-lab'),
      item('native.md', 'Native kernels'),
    ],
  },
];
const measured = {
  text: 'Measured',
  items: ['landscape', 'accuracy', 'performance', 'gpu', 'compatibility', 'evidence'].map((name) => item(`${name}.md`)),
};
const others = readdirSync(content).filter(
  (name) =>
    name.endsWith('.md') &&
    ![...guides, measured].some(({ items }) => items?.some(({ link }) => link === `/${name.slice(0, -3)}`)),
);
const project = {
  text: 'Project',
  items: others.filter((name) => name !== 'index.md').map((name) => item(name)),
};

export default defineConfig({
  title: 'gelu',
  description:
    'GELU and its family for TypeScript and JavaScript, correctly rounded; and a lab that shows what activations do',
  lang: 'en',
  base: process.env.DOCS_BASE ?? '/',
  srcDir: '.content',
  outDir: 'dist',
  cleanUrls: true,
  // Pages of the lab and its reports are whole pages, which VitePress does not know.
  ignoreDeadLinks: [/^\/(evidence|lab)\//],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(md) {
      // Wide tables scroll, with the keyboard too.
      md.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n';
      md.renderer.rules.table_close = () => '</table></div>\n';
      // An empty heading of a column is a cell like any other.
      md.core.ruler.push('empty-headings', ({ tokens }) => {
        for (const [i, { type, content: text }] of tokens.entries())
          if (type === 'inline' && text === '' && tokens[i - 1].type === 'th_open')
            tokens[i - 1].tag = tokens[i + 1].tag = 'td';
      });
    },
  },
  themeConfig: {
    notFound: { linkText: 'To the first page', linkLabel: 'To the first page', quote: 'There is no such page here.' },
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          // Guides first, then the library's own functions, then what other entries have under the same names.
          searchOptions: {
            boostDocument: (id: string) =>
              /\/guides\//.test(id) ? 2 : /\/api\/gelu\/(variables|functions|classes)\//.test(id) ? 1.6 : 1,
          },
        },
      },
    },
    outline: [2, 3],
    externalLinkIcon: true,
    nav: [
      { text: 'Guides', link: '/guides/start', activeMatch: '^/guides/' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
      { text: 'Activations', link: '/activations/', activeMatch: '^/activations/' },
      { text: 'Evidence', link: '/evidence' },
      { text: 'The lab', link: '/lab/page.html', target: '_self' },
    ],
    sidebar: {
      '/api/': [{ text: 'API reference', link: '/api/' }, ...entries('api/gelu', 'gelu')],
      '/activations/': [{ text: 'Activations', link: '/activations/', items: pages('activations') }],
      '/': [...guides, measured, project],
    },
  },
});
