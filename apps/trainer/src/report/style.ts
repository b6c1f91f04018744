/**
 * The style of the page; the charts take their colors from its variables.
 *
 * The policies' colors are those of Okabe and Ito (2008), which color-blind people can tell apart.
 */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b1f24; --ink-soft: #5a6370; --line: #e2e5ea;
  --tint: #fdf1ea; --accent: #b04c00; --trained: #d55e00; --oracle: #a3a9b2;
  --baseline-1: #56b4e9; --baseline-2: #009e73; --baseline-3: #cc79a7;
  --baseline-4: #0072b2; --baseline-5: #e69f00; --baseline-6: var(--ink);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111418; --card: #1a1e24; --ink: #e7eaee; --ink-soft: #a4adb9; --line: #303741;
    --tint: #34251b; --accent: #f0762a; --trained: #f0762a; --oracle: #747c87; --baseline-4: #2f8fd0;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; -webkit-text-size-adjust: 100%;
}
main { max-width: 1120px; margin: 0 auto; padding: 40px 20px 64px; }
header p, section > p, figure p, figcaption small { color: var(--ink-soft); }
h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 48px 0 4px; font-size: 20px; letter-spacing: -0.01em; }
p { margin: 4px 0 16px; max-width: 80ch; text-wrap: pretty; }
header .eyebrow { margin: 0 0 4px; font-size: 13px; font-weight: 600; color: var(--accent); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.facts {
  display: flex; flex-wrap: wrap; gap: 1px;
  margin: 20px 0 0; background: var(--line); overflow: hidden;
}
.facts dd { white-space: nowrap; }
.facts div { flex: 1 1 15%; padding: 12px 16px; background: var(--card); }
.facts dt { font-size: 13px; color: var(--ink-soft); }
.facts dd { margin: 0; font-size: 19px; font-weight: 600; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
section > .advice { padding-left: 12px; border-left: 3px solid var(--accent); color: var(--ink); }
.card + .charts, .charts + .card { margin-top: 16px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 9px 16px; text-align: right; white-space: nowrap; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: 13px; font-weight: 600; color: var(--ink-soft); }
tbody th { font-weight: 500; }
th:first-child { min-width: 10em; text-align: left; white-space: normal; overflow-wrap: anywhere; }
tr.trained > * { background: var(--tint); }
tr.trained > th { font-weight: 700; box-shadow: inset 3px 0 var(--trained); }
tr.oracle > * { color: var(--ink-soft); }
.options th, .options td { padding: 6px 16px; text-align: left; white-space: normal; overflow-wrap: anywhere; }
.options th:first-child { width: 30%; }
.verdict .card { margin: 0 0 12px; padding: 16px 20px 4px; border-left: 6px solid var(--line); }
.verdict .won { border-left-color: #009e73; }
.verdict .lost { border-left-color: var(--trained); }
.verdict .headline { margin-bottom: 2px; font-size: 20px; font-weight: 600; line-height: 1.35; color: var(--ink); }
.verdict .card p + p { color: var(--ink-soft); font-variant-numeric: tabular-nums; }
.bars { margin: 0; padding: 0 0 8px; list-style: none; font-size: 14px; font-variant-numeric: tabular-nums; }
.bars li {
  display: grid; grid-template-columns: minmax(0, 11em) 1fr 4.2em; gap: 10px; align-items: center; padding: 3px 0;
}
.bars .name { overflow-wrap: anywhere; }
.bars .trained { font-weight: 700; }
.bars .value { text-align: right; }
.track { display: block; height: 14px; }
.bar { display: block; height: 100%; background: var(--color); border-radius: 0 3px 3px 0; }
.bar.negative { background: repeating-linear-gradient(135deg, var(--color) 0 4px, transparent 4px 8px); }
.users { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr)); gap: 16px; }
.users > .card { margin-top: 0; }
.example { padding: 14px 18px; }
.example h3 { margin: 0; font-size: 16px; }
.example h4 { margin: 10px 0 2px; font-size: 13px; font-weight: 600; color: var(--ink-soft); }
.example ol { margin: 0; padding-left: 1.6em; font-size: 14px; overflow-wrap: anywhere; }
pre { margin: 0 0 16px; padding: 12px 16px; overflow-x: auto; font: 14px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); gap: 16px; }
.card + .card { margin-top: 16px; }
.charts > .card { margin-top: 0; }
figure { margin: 0; padding: 16px 16px 8px; }
figcaption { margin-bottom: 6px; font-weight: 600; }
figcaption small { display: block; font-size: 13px; font-weight: 400; }
svg { display: block; width: 100%; height: auto; }
svg.narrow { display: none; }
.glossary { columns: 2 380px; column-gap: 40px; margin: 16px 0 0; padding: 20px 20px 6px; }
.glossary div { margin-bottom: 14px; break-inside: avoid; }
.glossary dt { font-weight: 600; }
.glossary dd { margin: 0; font-size: 15px; color: var(--ink-soft); }
@media (max-width: 960px) { .facts div { flex-basis: 30%; } }
@media (max-width: 520px) {
  .facts div { flex-basis: 40%; }
  main { padding: 24px 12px 48px; }
  h1 { font-size: 25px; }
  svg.wide { display: none; }
  svg.narrow { display: block; }
  figure, .example, .verdict .card { padding-left: 12px; padding-right: 12px; }
  .ranking th, .ranking td { padding: 7px 4px; font-size: 13px; white-space: normal; }
  .ranking th:first-child { min-width: 7.6em; padding-left: 8px; }
  .differences th, .differences td { padding: 7px 8px; font-size: 14px; white-space: normal; }
  .differences th:first-child { min-width: 6em; }
  .bars li { grid-template-columns: minmax(0, 8em) 1fr 3.8em; gap: 6px; }
  .glossary { padding: 14px 14px 2px; }
}
@media print { .card { break-inside: avoid; } }
`;
