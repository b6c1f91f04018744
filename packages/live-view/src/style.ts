/**
 * The style of the view, its own properties and classes, which begin with `lv`. Colors are those of Okabe and Ito (2008), which
 * color-blind people can tell apart, each in a light and a dark form that can be read on its ground.
 */
const text = `
.lv {
  --lv-page: #f6f7f9; --lv-card: #ffffff; --lv-ink: #1b1f24; --lv-soft: #5a6370; --lv-line: #e2e5ea; --lv-focus: #0072b2;
  --lv-gain: #00704f; --lv-loss: #b04c00;
  --lv-run-1: #d55e00; --lv-run-2: #0072b2; --lv-run-3: #009e73; --lv-run-4: #cc79a7;
  --lv-run-5: #b8860b; --lv-run-6: #56b4e9; --lv-run-7: #6f6f6f; --lv-run-8: #7a4fb0;
  --lv-part-1: #0072b2; --lv-part-2: #e69f00; --lv-part-3: #009e73; --lv-part-4: #cc79a7;
  --lv-part-5: #56b4e9; --lv-part-6: #d55e00; --lv-part-7: #7a4fb0; --lv-part-8: #8a8a8a;
  color-scheme: light dark; color: var(--lv-ink); background: var(--lv-page);
  font: 16px/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  .lv {
    --lv-page: #111418; --lv-card: #1a1e24; --lv-ink: #e7eaee; --lv-soft: #a4adb9; --lv-line: #303741; --lv-focus: #56b4e9;
    --lv-gain: #35c795; --lv-loss: #f0924f;
    --lv-run-1: #f0762a; --lv-run-2: #4aa3df; --lv-run-3: #2bc496; --lv-run-4: #e39ac4;
    --lv-run-5: #e0b23c; --lv-run-6: #8fd0f5; --lv-run-7: #a8a8a8; --lv-run-8: #ae8be0;
  }
}
.lv, .lv * { box-sizing: border-box; }
.lv [hidden] { display: none; }
.lv :focus-visible { outline: 2px solid var(--lv-focus); outline-offset: 2px; }
.lv h2 { margin: 28px 0 10px; font-size: 18px; letter-spacing: -0.01em; }
.lv p { margin: 0 0 8px; }
.lv-soft, .lv details { color: var(--lv-soft); }
.lv-controls { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; font-size: 14px; }
.lv-controls label { display: inline-flex; align-items: center; gap: 6px; min-height: 32px; overflow-wrap: anywhere; }
.lv-controls select { font: inherit; max-width: 60vw; }
.lv-status { flex: 1 0 100%; margin: 0; color: var(--lv-soft); }
.lv-runs { display: flex; flex-wrap: wrap; gap: 4px 16px; flex: 1 0 100%; margin: 0; padding: 0; border: 0; }
.lv-runs legend { float: left; margin-right: 16px; padding: 4px 0; font-weight: 600; }
.lv-swatch { flex: none; display: inline-block; width: 11px; height: 11px; margin-right: 5px; border-radius: 3px; }
.lv-grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 14px; }
.lv-grid:has(> .lv-session) { display: block; }
.lv-card, .lv-session {
  min-width: 0; margin: 0; padding: 12px 14px 10px;
  background: var(--lv-card); border: 1px solid var(--lv-line); border-radius: 10px;
}
.lv figcaption { margin-bottom: 4px; font-weight: 600; }
.lv-plot { min-height: 190px; border-radius: 4px; }
.lv-readout, .lv-ends {
  display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 4px 0; min-height: 1.5em;
  font-size: 13px; font-variant-numeric: tabular-nums;
}
.lv-name { color: var(--lv-soft); overflow-wrap: anywhere; }
.lv-step { margin-left: auto; color: var(--lv-soft); }
.lv-ends { justify-content: space-between; color: var(--lv-soft); }
.lv details { font-size: 13px; }
.lv summary { cursor: pointer; padding: 4px 0; }
.lv details p { overflow-wrap: anywhere; }
.lv-bars { display: flex; align-items: flex-end; gap: 1px; height: 140px; border-bottom: 1px solid var(--lv-line); }
.lv-bars span { flex: 1; background: var(--lv-run-2); border-radius: 2px 2px 0 0; }
.lv-chips, .lv-legend { display: flex; flex-wrap: wrap; gap: 4px 8px; margin: 0 0 12px; padding: 0; list-style: none; font-size: 14px; }
.lv-chips li { padding: 1px 10px; border: 1px solid var(--lv-line); border-radius: 99px; overflow-wrap: anywhere; }
.lv-legend { gap: 2px 16px; }
.lv table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
.lv th, .lv td { padding: 5px 8px 5px 0; border-top: 1px solid var(--lv-line); text-align: left; }
.lv thead th { border-top: 0; color: var(--lv-soft); font-weight: 500; }
.lv tbody th { width: 34%; font-weight: 500; overflow-wrap: anywhere; }
.lv td:nth-child(2) { width: 5.5em; }
.lv-gain { color: var(--lv-gain); }
.lv-loss { color: var(--lv-loss); }
.lv-parts { position: relative; height: 16px; background: linear-gradient(var(--lv-line) 0 0) center / 1px 100% no-repeat; }
.lv-parts span { position: absolute; top: 2px; bottom: 2px; }
.lv .u-wrap { position: relative; user-select: none; }
.lv .u-over, .lv .u-under, .lv .u-axis { position: absolute; }
.lv .u-under { overflow: hidden; }
.lv .uplot canvas { display: block; position: relative; width: 100%; height: 100%; }
.lv .u-select, .lv .u-off { display: none; }
.lv .u-cursor-x, .lv .u-cursor-y, .lv .u-cursor-pt { position: absolute; left: 0; top: 0; pointer-events: none; }
.lv .u-cursor-x { height: 100%; border-right: 1px dashed var(--lv-soft); }
.lv .u-cursor-pt { border: 0 solid; border-radius: 50%; }
`;

/** Adds the style to the document or shadow tree that an element is in; what it returns takes it away. */
export function addStyle(element: HTMLElement): () => void {
  const root = element.getRootNode() as Document | ShadowRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
