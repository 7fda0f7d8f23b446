import { Html, html } from '../html/html.js';
import { STYLE } from './style.js';

/** The page as one file: its style, what is seen before its program runs, and the program, a classic script, which workers run too. */
export function pageDocument(script: string): string {
  // A script ends at the first </script>, wherever that stands.
  const code = new Html(script.replaceAll('</script', '<\\/script'));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GELU, to touch</title>
<meta name="description" content="GELU as a gate to drag, compared, raced, broken and audited: computed in the page, to the last bit.">
<meta property="og:title" content="GELU, to touch">
<meta property="og:description" content="A gate that x opens itself: drag it, toss its coin, make it hard. Then let GELU, ReLU and others learn before your eyes.">
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
<div id="root"><header class="top"><h1>What GELU does, and what it does to a network</h1><p>Touch everything. It is all computed in this page, by the library itself: nothing is loaded, nothing leaves it.</p></header></div>
<script>${code}</script>
</body>
</html>
`.text;
}
