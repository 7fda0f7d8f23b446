import { Html, html } from '../html/html.js';
import { IMAGES, PROGRAM } from './digits/ids.js';
import { EVIDENCE, type StudyData } from './evidence/data.js';
import { STYLE } from './style.js';

/** What the page is made of, besides what stands here. */
export interface PageParts {
  /** The program, a classic script, which workers run too. */
  program: string;
  /** The program of the worker that trains on digits. */
  trainer: string;
  /** Its images, as `packDigits` gives them. */
  images: Uint8Array;
  /** Of `studyData`. */
  studies: readonly StudyData[];
  /** Of the packages in it. */
  licences: readonly string[];
}

/** A script ends at the first </script>, wherever that stands. */
const code = (script: string): Html => new Html(script.replaceAll('</script', '<\\/script'));

/** Studies as the content of their element. */
export function evidenceJson(studies: readonly StudyData[]): Html {
  return new Html(JSON.stringify(studies).replaceAll('<', '\\u003c'));
}

/** The page as one file: its style, what is seen before its program runs, the program, and what only a worker reads. */
export function pageDocument({ program, trainer, images, studies, licences }: PageParts): string {
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
<script type="application/json" id="${EVIDENCE}">${evidenceJson(studies)}</script>
<script>${code(program)}</script>
<script type="text/plain" id="${PROGRAM}">${code(trainer)}</script>
<script type="text/plain" id="${IMAGES}">${Buffer.from(images).toString('base64')}</script>
<script type="text/plain" id="licences">${code(licences.join('\n\n'))}</script>
</body>
</html>
`.text;
}
