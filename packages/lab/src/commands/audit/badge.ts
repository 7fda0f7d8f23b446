import { significant } from '../../console/figures.js';
import { html } from '../../html/html.js';
import type { AuditResult } from './result.js';

const HEIGHT = 20;
/** White on these has a contrast of 4.5 and more. */
const [GREY, GREEN, RED] = ['#4a4f55', '#0f7452', '#b3261e'];

/** The verdict as a small picture (SVG): 'GELU (tanh) | ✔ 0.5 ULP'. */
export function auditBadge({ form, passed, value }: Pick<AuditResult, 'form' | 'passed' | 'value'>): string {
  const left = form === 'none' ? 'GELU' : `GELU (${form})`;
  const worst = Number.isFinite(value.worst.ulp) ? `${significant(value.worst.ulp)} ULP` : 'NaN';
  const right = `${passed ? '✔' : '✘'} ${worst}`;
  const [a, b] = [left, right].map((text) => 12 + 7 * text.length);
  const text = (x: number, words: string) => html`<text x="${x}" y="14" text-anchor="middle">${words}</text>`;
  return html`<svg width="${a + b}" height="${HEIGHT}" viewBox="0 0 ${a + b} ${HEIGHT}" role="img" aria-label="${left}: ${passed ? 'passed' : 'failed'}, ${worst}"><rect width="${a + b}" height="${HEIGHT}" rx="3" fill="${GREY}"/><path d="M${a} 0h${b - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1 -3 3h${3 - b}z" fill="${passed ? GREEN : RED}"/><g fill="#fff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">${text(a / 2, left)}${text(a + b / 2, right)}</g></svg>`
    .text;
}
