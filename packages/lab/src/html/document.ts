import { Html, html } from './html.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

/** A whole document that needs nothing from outside. */
export function htmlDocument(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.text;
}
