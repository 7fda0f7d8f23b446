import { expect, test } from 'vitest';
import { markdownText } from './markdown-text.js';

test('paragraphs, tables and text as it is', () => {
  const markdown =
    '# Title\n\nOne `name`,\ntwo lines.\n\n| | ms |\n|---|---|\n| a, `b` | 12 |\n| c | 3 |\n\n```\nx  y\n```\n\nEnd.';
  expect(markdownText(markdown)).toBe(`Title

One name, two lines.

      ms
────────
a, b  12
c      3

x  y

End.`);
});
