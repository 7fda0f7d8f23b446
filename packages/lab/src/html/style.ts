/** The style of all reports: system fonts, light and dark, wide and narrow screens, paper. No network. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --card: #ffffff; --ink: #1c1e21; --soft: #5d636b; --line: #e3e4e6; --accent: #1f5fc4;
  --c-blue: #1f5fc4; --c-orange: #b34f00; --c-green: #0f7452; --c-violet: #8447c9; --c-grey: #626a74;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #141619; --card: #1b1e22; --ink: #e7e9ec; --soft: #a2a9b2; --line: #31353b; --accent: #79aefc;
    --c-blue: #79aefc; --c-orange: #ff9a56; --c-green: #4fc79b; --c-violet: #c09bff; --c-grey: #9aa1aa;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main { max-width: 1080px; margin: 0 auto; padding: 40px 20px 72px; }
header { margin-bottom: 36px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 21px; margin: 52px 0 6px; letter-spacing: -0.005em; }
p { margin: 6px 0 14px; max-width: 72ch; }
.soft, figcaption, .facts dt { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; margin: 24px 0 0; }
.tile, figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tile { padding: 14px 16px; }
.tile b { display: block; font-size: 25px; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 14px; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 14px; margin: 16px 0; }
.three { grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
figure { display: flex; flex-direction: column; margin: 0; padding: 14px 16px 10px; min-width: 0; }
figure h3 { font-size: 15px; font-weight: 600; margin: 0 0 4px; }
figcaption { font-size: 13.5px; margin-top: 4px; }
figure > svg { margin-top: auto; display: block; width: 100%; height: auto; overflow: visible; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 2px 0 4px; font-size: 13.5px; color: var(--soft); }
.legend span { display: inline-flex; align-items: center; gap: 6px; }
.legend svg { width: 22px; height: 8px; flex: none; }
.scroll { overflow-x: auto; margin: 14px 0; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 12px; white-space: nowrap; border-bottom: 1px solid var(--line); }
tbody tr:last-child td { border-bottom: 0; }
.wrap td { white-space: normal; min-width: 14ch; vertical-align: top; }
th { font-weight: 600; font-size: 13px; color: var(--soft); }
.text { text-align: left; } .figure { text-align: right; }
td.bad, .bad { color: var(--c-orange); } .ours { font-weight: 650; }
.bar { display: inline-block; height: 9px; border-radius: 2px; background: var(--c-blue); vertical-align: middle; min-width: 1px; }
pre, code { font: 13.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; overflow-x: auto; margin: 14px 0; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 3px 20px; font-size: 14.5px; margin: 14px 0; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 560px) { main { padding: 24px 14px 48px; } h1 { font-size: 25px; } .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 6px; } }
.legend button { all: unset; display: inline-flex; align-items: center; gap: 6px; cursor: pointer; }
.legend button[aria-pressed="false"] { text-decoration: line-through; }
.legend button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.values { display: block; min-height: 1.5em; font-size: 13.5px; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; color: var(--soft); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media print {
  .values { display: none; }
  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc; --accent: #1f5fc4;
    --c-blue: #1f5fc4; --c-orange: #b34f00; --c-green: #0f7452; --c-violet: #8447c9; --c-grey: #626a74;
  }
  main { max-width: none; padding: 0; }
  figure, tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .scroll, pre { overflow: visible; } th, td, pre { white-space: normal; } pre { white-space: pre-wrap; }
}
`;
