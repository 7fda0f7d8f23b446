/** The page's style: light and dark, from a phone to a desk. No fonts and no pictures are loaded. */
export const STYLE = `
:root { color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --ink: #1a1c20; --soft: #5a6069; --line: #e4e4e2; --accent: #1f5fc4; --on-accent: #fff; --wash: #eef3fc;
  --c-blue: #1f5fc4; --c-orange: #b34f00; --c-green: #12805c; --c-violet: #8447c9; --c-red: #c2304a; --c-teal: #0d7d8c; --c-pink: #b8398f; --c-grey: #6d747d; }
@media (prefers-color-scheme: dark) { :root {
  --page: #101214; --card: #181b1f; --ink: #e9ebee; --soft: #a4abb4; --line: #2c3036; --accent: #79aefc; --on-accent: #0c1420; --wash: #1b2536;
  --c-blue: #79aefc; --c-orange: #ff9a56; --c-green: #4fc79b; --c-violet: #c09bff; --c-red: #ff8496; --c-teal: #5ccbd8; --c-pink: #f48fcd; --c-grey: #9aa1aa; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 60px; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 1240px; margin: 0 auto; padding: 0 24px 80px; }
.top { max-width: 1240px; margin: 0 auto; padding: 34px 24px 4px; }
h1 { font-size: clamp(26px, 4vw, 38px); line-height: 1.12; margin: 0 0 8px; letter-spacing: -0.02em; text-wrap: balance; }
h2 { font-size: clamp(21px, 2.4vw, 27px); line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.012em; text-wrap: balance; }
h3 { font-size: 15.5px; line-height: 1.35; font-weight: 650; margin: 0; font-variant-numeric: tabular-nums; text-wrap: pretty; }
h4 { font-size: 14.5px; margin: 0 0 4px; }
p { margin: 0 0 12px; max-width: 68ch; } .soft { color: var(--soft); } .top p { margin: 0; color: var(--soft); }
a { color: var(--accent); text-underline-offset: 2px; }
nav { position: sticky; top: 0; z-index: 30; background: color-mix(in srgb, var(--page) 90%, transparent); backdrop-filter: blur(10px); border-bottom: 1px solid var(--line); margin-top: 14px; }
nav ul { max-width: 1240px; margin: 0 auto; padding: 0 14px; display: flex; gap: 2px; overflow-x: auto; list-style: none; scrollbar-width: none; }
nav ul::-webkit-scrollbar { display: none; }
nav a { display: block; padding: 11px 11px 9px; color: var(--soft); text-decoration: none; font-size: 14.5px; white-space: nowrap; border-bottom: 2px solid transparent; }
nav a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
section { padding: 44px 0 30px; border-bottom: 1px solid var(--line); scroll-margin-top: 44px; } section:last-of-type { border: 0; }
.split { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 8fr); grid-template-rows: auto auto 1fr; column-gap: 40px; }
.split > .lead, .split > .sheet, .split > .more { grid-column: 1; }
.split > .stage { grid-column: 2; grid-row: 1 / 4; position: sticky; top: 62px; align-self: start; height: min(620px, calc(100vh - 84px)); }
.sheet { margin: 6px 0 18px; } .sheet > summary { display: none; }
.stage > figure { height: 100%; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 14px 14px 8px; display: flex; flex-direction: column; min-width: 0; position: relative; }
.head { display: flex; gap: 10px; align-items: flex-start; justify-content: space-between; } .head h3 { padding-top: 3px; }
.menu { position: relative; flex: none; } .menu > summary { list-style: none; width: 34px; height: 34px; display: grid; place-items: center; border-radius: 8px; cursor: pointer; color: var(--soft); }
.menu > summary::-webkit-details-marker { display: none; } .menu > summary:hover { background: var(--wash); color: var(--ink); }
.menu svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.items { position: absolute; right: 0; top: 38px; z-index: 20; display: flex; gap: 4px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 6px; box-shadow: 0 8px 24px rgb(0 0 0 / .16); }
.items button { padding: 4px 10px; }
.said { position: absolute; right: 60px; top: 16px; margin: 0; font-size: 13px; background: var(--ink); color: var(--card); border-radius: 6px; padding: 2px 10px; } .said:empty { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: 5px 8px; list-style: none; margin: 6px 0 2px; padding: 0; font-size: 13.5px; }
.chip { display: inline-flex; align-items: center; gap: 6px; border: 1px solid var(--line); border-radius: 99px; padding: 2px 10px; min-height: 28px; background: none; color: var(--ink); font: inherit; }
.chip svg { width: 18px; height: 8px; flex: none; } .chip path { stroke-width: 3; } .chip b { font-variant-numeric: tabular-nums; font-weight: 600; }
button.chip { cursor: pointer; } button.chip[aria-pressed=false] { color: var(--soft); text-decoration: line-through; background: none; border-style: dashed; } button.chip[aria-pressed=true] { background: none; color: var(--ink); border-color: var(--line); }
.planes { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.planes.two, .grid { display: grid; }
.plane { position: relative; flex: 1 1 0; min-height: 84px; min-width: 0; }
.plane canvas, .plane .axes { position: absolute; inset: 0; width: 100%; height: 100%; display: block; } .axes { overflow: hidden; pointer-events: none; }
.pad { position: absolute; } .pad.moves { touch-action: pan-y; cursor: crosshair; }
.axes text { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums; } .axes .title { fill: var(--soft); } .axes .strong { fill: var(--c-blue); font-size: 15px; font-weight: 650; }
.axes path { fill: none; } .grid { stroke: var(--line); } .zero { stroke: var(--soft); opacity: .55; } .rule { stroke: var(--soft); stroke-dasharray: 2 3; } .guide { stroke: var(--soft); stroke-dasharray: 3 3; opacity: .8; }
.bar { stroke: var(--c-blue); } .bar.whole { stroke-width: 9; opacity: .16; } .bar.kept { stroke-width: 9; opacity: .85; }
.mark { fill: var(--card); stroke: var(--c-orange); stroke-width: 2.5; } .axes .note { fill: var(--ink); font-size: 12.5px; paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.cross .line { stroke: var(--soft); opacity: .7; } .cross circle { stroke: var(--card); stroke-width: 1.5; } .axes .cross .value { fill: var(--ink); font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.crosshair { position: absolute; inset: 0; border-radius: 4px; }
.handle { position: absolute; width: 44px; height: 44px; margin: -22px; border-radius: 50%; cursor: grab; touch-action: none; }
.handle::after { content: ""; position: absolute; inset: 12px; border-radius: 50%; background: var(--card); border: 4px solid var(--at); box-shadow: 0 1px 6px rgb(0 0 0 / .3); } .handle:active { cursor: grabbing; }
.controls { display: flex; flex-direction: column; gap: 12px; }
.row { display: flex; flex-wrap: wrap; gap: 10px 16px; align-items: end; }
button, select, input, textarea { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 9px; padding: 6px 13px; min-height: 40px; }
button { cursor: pointer; } button:hover { border-color: var(--soft); } button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; } button[aria-pressed=true] { background: var(--wash); border-color: var(--accent); } button.main[aria-pressed=true] { background: var(--wash); color: var(--ink); }
button:disabled { opacity: .5; cursor: default; } textarea { width: 100%; font: 13.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; resize: vertical; }
label, .choice legend { font-size: 13.5px; color: var(--soft); padding: 0; }
.slider { display: grid; grid-template-columns: 1fr auto; gap: 0 8px; flex: 1 1 150px; min-width: 130px; font-size: 13.5px; } .slider input { grid-column: 1 / 3; width: 100%; min-height: 30px; padding: 0; border: 0; background: none; accent-color: var(--accent); margin: 0; } .slider output { font-weight: 600; font-variant-numeric: tabular-nums; }
.controls > .slider { flex: none; }
.choice { border: 0; margin: 0; padding: 0; min-width: 0; } .choice > div { display: flex; margin-top: 4px; border: 1px solid var(--line); border-radius: 9px; overflow: hidden; width: fit-content; flex-wrap: wrap; background: var(--card); }
.choice label { position: relative; color: var(--ink); cursor: pointer; } .choice input { position: absolute; opacity: 0; inset: 0; min-height: 0; margin: 0; cursor: pointer; } .choice span { display: block; padding: 8px 12px; } .choice input:checked + span { background: var(--wash); box-shadow: inset 0 -2px var(--accent); font-weight: 600; } .choice input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: -2px; }
.check { display: inline-flex; gap: 8px; align-items: center; min-height: 40px; color: var(--ink); } .check input { width: 19px; height: 19px; min-height: 0; accent-color: var(--accent); margin: 0; }
.select { display: inline-flex; flex-direction: column; gap: 3px; } .select select { max-width: 220px; }
input[type=text] { width: 100%; } .field { display: flex; flex-direction: column; gap: 4px; flex: 1 1 220px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; } .crosshair:focus-visible { outline-offset: 0; }
[role=alert] { color: var(--c-red); font-size: 14.5px; } [role=alert]:empty { display: none; }
.banner { max-width: 1240px; margin: 12px auto 0; padding: 10px 16px; border: 1px solid var(--c-red); border-radius: 10px; background: var(--card); display: flex; gap: 16px; align-items: center; justify-content: space-between; width: calc(100% - 48px); } .banner ul { margin: 0; padding-left: 18px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 12px; } .card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px; min-width: 0; font-size: 14.5px; } .card .formula { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; margin-bottom: 8px; }
.card dl, .facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 12px; margin: 0 0 8px; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.code { margin-bottom: 12px; min-width: 0; } .code > div { display: flex; justify-content: space-between; align-items: center; font-size: 14px; margin-bottom: 4px; } .code button { min-height: 32px; padding: 2px 10px; font-size: 13.5px; }
pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--page); border: 1px solid var(--line); border-radius: 9px; padding: 10px 13px; margin: 0; overflow-x: auto; }
code { font: 0.9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
dialog { border: 1px solid var(--line); border-radius: 14px; background: var(--card); color: var(--ink); padding: 18px; width: min(620px, calc(100vw - 32px)); } dialog::backdrop { background: rgb(0 0 0 / .45); }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; font-variant-numeric: tabular-nums; } th, td { padding: 6px 12px 6px 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; } th { font-size: 13px; color: var(--soft); font-weight: 600; } .scroll { overflow-x: auto; } td.right, th.right { text-align: right; }
progress { width: 100%; height: 6px; accent-color: var(--accent); }
.sub { margin-top: 26px; } footer { max-width: 1240px; margin: 0 auto; padding: 0 24px 40px; color: var(--soft); font-size: 14px; }
.hint { font-size: 13px; color: var(--soft); margin: 0; }
.activation { border: 1px solid var(--line); border-radius: 11px; padding: 4px 12px 10px; margin: 0; display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; background: var(--card); position: relative; min-width: 0; } .activation legend { font-size: 12.5px; color: var(--soft); } .activation .slider { flex-basis: 110px; min-width: 100px; } button.small { min-height: 32px; min-width: 32px; padding: 0 8px; }
.lanes { display: flex; gap: 10px; flex: none; justify-content: center; margin: 6px 0; } .lane { flex: 1 1 0; min-width: 0; max-width: 300px; display: flex; flex-direction: column; gap: 4px; align-items: center; min-height: 0; } .lane .map { width: 100%; aspect-ratio: 1; cursor: copy; }
.place { position: relative; width: 100%; } .cursor { position: absolute; inset: 0; pointer-events: none; border-radius: 8px; } .cursor i { display: none; position: absolute; width: 14px; height: 14px; margin: -7px; border: 2px solid var(--ink); border-radius: 50%; } .cursor:focus i { display: block; }
.map { display: block; border-radius: 8px; border: 1px solid var(--line); } .cells { display: grid; gap: 2px; width: 100%; } .cells > div { display: flex; gap: 2px; height: 7px; } .cells i { flex: 1; border-radius: 2px; background: color-mix(in srgb, var(--c-green) 45%, var(--card)); } .cells i.dead { background: var(--ink); }
.pair { display: flex; flex: 1 1 0; min-height: 0; gap: 6px; } .multiples { margin: 8px 0; font-size: 13.5px; } .multiples > div { display: grid; grid-template-columns: repeat(6, 1fr); gap: 4px; margin-top: 3px; } .multiples .map { width: 100%; image-rendering: auto; }
.reading { display: flex; gap: 14px; flex: 0 0 auto; margin: 6px 0; } .reading > :first-child { flex: 0 0 176px; } .reading > .hint { align-self: center; }
.ink { position: relative; width: 176px; height: 176px; touch-action: none; cursor: crosshair; border-radius: 8px; border: 1px solid var(--soft); overflow: hidden; } .ink canvas { width: 100%; height: 100%; display: block; image-rendering: pixelated; } .ink i { position: absolute; width: 14px; height: 14px; margin: -7px; border: 2px solid var(--c-orange); border-radius: 50%; } .ink i.down { background: var(--c-orange); }
.chances { list-style: none; display: flex; gap: 3px; margin: 8px 0 0; padding: 0; height: 62px; } .chances li { flex: 1; display: flex; flex-direction: column; justify-content: flex-end; align-items: center; font-size: 12.5px; min-height: 0; } .chances i { width: 100%; background: var(--c-grey); border-radius: 2px 2px 0 0; } .chances .best i { background: var(--c-green); } .chances .best { font-weight: 700; }
.verdict { font-size: 13.5px; margin: 4px 0 0; min-height: 21px; } .layers { flex: 1; min-width: 0; display: flex; flex-direction: column; justify-content: space-between; gap: 4px; font-size: 12.5px; color: var(--soft); } .layers > div { display: grid; grid-template-columns: 48px minmax(0, 1fr) 36px; gap: 6px; align-items: center; } .layers span:last-child { text-align: right; font-variant-numeric: tabular-nums; } .layers canvas { width: 100%; height: 20px; image-rendering: pixelated; border-radius: 3px; border: 1px solid var(--line); } .layers canvas.tall { height: 110px; }
.intervals { margin: 8px 0; } .intervals td:nth-child(2) { width: 220px; } .intervals td { white-space: nowrap; } .intervals td:last-child { white-space: normal; min-width: 160px; } .interval { width: 200px; height: 20px; display: block; overflow: visible; } .interval path { fill: none; } .interval .zero { stroke: var(--soft); stroke-dasharray: 2 3; opacity: 1; } .interval .span { stroke-width: 3; } .curves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); } .curves .plane { min-height: 220px; }
.drop { display: flex; flex-direction: column; gap: 4px; align-items: center; justify-content: center; min-height: 130px; border: 2px dashed var(--line); border-radius: 14px; background: var(--card); padding: 16px; margin: 8px 0 12px; cursor: pointer; text-align: center; } .drop b { font-size: 17px; color: var(--ink); } .drop.over { border-color: var(--accent); background: var(--wash); } .drop input { max-width: 100%; border: 0; } .drop:focus-within { border-color: var(--accent); }
.badge { display: inline-flex; border-radius: 6px; overflow: hidden; font-size: 13.5px; border: 2px solid var(--at); } .badge span { padding: 2px 10px; } .badge span + span { color: var(--at); }
.strip em { position: absolute; top: 0; bottom: 0; width: 0; border-left: 2px dashed var(--card); margin-left: -1px; } button.link { border: 0; background: none; padding: 0 4px; min-height: 24px; color: var(--accent); text-decoration: underline; font-size: 13px; }
.strip .open { background: var(--line); }
.bits p { margin: 8px 0 2px; font-variant-numeric: tabular-nums; } .bits pre { font-size: 12px; } mark { background: color-mix(in srgb, var(--c-orange) 30%, transparent); color: inherit; border-radius: 2px; }
.strips { display: grid; gap: 5px; font-size: 13px; } .strips span { color: var(--soft); } .strip { display: flex; height: 18px; border-radius: 5px; overflow: hidden; position: relative; } .strip i { flex: 1; } .strip b { position: absolute; top: 0; bottom: 0; width: 3px; margin-left: -1.5px; background: var(--ink); box-shadow: 0 0 0 1px var(--card); }
.embed main { padding: 12px; } .embed section { border: 0; padding: 0; } .embed .lead, .embed .more { display: none; }
.embed .split { display: flex; flex-direction: column; } .embed .stage { position: static; height: min(560px, 70vh); }
@media (max-width: 860px) {
  .lanes .cells { display: none; } .lane { max-width: 22vh; } .plane { min-height: 54px; } #compare > .stage { height: max(370px, 50vh); } #race .pair > :last-child { display: none; } .intervals thead { display: none; } .intervals, .intervals tbody, .intervals tr, .intervals th, .intervals td { display: block; } .intervals td, .intervals td:last-child { min-width: 0; padding: 2px 0; border: 0; white-space: normal; text-align: left; } .intervals tr { padding: 6px 0; border-bottom: 1px solid var(--line); } #digits > .stage { height: max(400px, 54vh); } .reading > :first-child { flex-basis: 118px; } .ink { width: 118px; height: 118px; } .chances { height: 44px; } .layers canvas { height: 12px; } .layers canvas.tall { height: 80px; } .layers > div { grid-template-columns: 44px minmax(0, 1fr) 32px; }
  body { font-size: 15.5px; } main { padding: 0 14px 60px; } .top { padding: 20px 14px 0; } section { padding: 30px 0 0; }
  .split { display: flex; flex-direction: column; }
  .split > .stage { align-self: stretch; position: sticky; top: 41px; z-index: 10; height: max(290px, 40vh); margin: 0 -14px 12px; }
  .stage > figure { border-radius: 0; border-width: 1px 0; padding: 8px 8px 2px; box-shadow: 0 6px 14px -12px rgb(0 0 0 / .5); }
  .stage .legend { margin: 2px 0; gap: 3px 5px; font-size: 12.5px; } .stage .chip { white-space: nowrap; padding: 0 8px; min-height: 25px; gap: 4px; } h3 { font-size: 14.5px; }
  .split > .more { order: 3; } .split > .sheet { order: 4; position: sticky; bottom: 0; z-index: 11; margin: 8px -14px 0; background: var(--card); border-top: 1px solid var(--line); border-radius: 16px 16px 0 0; padding: 4px 14px 10px; box-shadow: 0 -8px 24px -14px rgb(0 0 0 / .5); }
  .sheet > summary { display: block; list-style: none; text-align: center; font-size: 13px; color: var(--soft); padding: 7px; cursor: pointer; } .sheet > summary::-webkit-details-marker { display: none; } .sheet > summary::before { content: ""; display: block; width: 40px; height: 4px; border-radius: 2px; background: var(--line); margin: 0 auto 4px; }
  .sheet .controls { max-height: 38vh; overflow-y: auto; padding-bottom: 4px; } .banner { width: calc(100% - 28px); }
}
@media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto !important; transition: none !important; animation: none !important; } }
@media print { nav, .sheet, .menu { display: none; } .split > .stage { position: static; height: 480px; } }
`;
