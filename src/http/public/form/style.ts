// Looks of what the form adds to a page: a small card and notes beside fields, in shadow roots of their own. Sizes follow the reader's own
// text size (`medium`), for pages set their root's size to all sorts of things.

const CSS = `
:host { all: initial !important; color-scheme: inherit !important; display: block !important; text-align: start !important;
  --ink: var(--preticket-ink, light-dark(#1a2233, #e7ebf3)); --soft: var(--preticket-soft, light-dark(#566179, #a0abc0));
  --card: var(--preticket-card, light-dark(#fff, #151b26)); --line: var(--preticket-line, light-dark(#dde2ec, #2a3344));
  --accent: var(--preticket-accent, light-dark(#1f5fd6, #7fa9ff)); --accent-soft: light-dark(#e8effc, #1a2945);
  --good: light-dark(#17724a, #6fd3a2); --good-soft: light-dark(#e6f5ed, #14302a);
  --warn: light-dark(#8a5300, #f2c26b); --warn-soft: light-dark(#fdf3df, #33280f); --warn-line: light-dark(#edcf94, #6b5320);
  font: 400 medium/1.45 var(--preticket-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif) !important; color: var(--ink) !important; }
:host([hidden]) { display: none !important; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
p, ol { margin: 0; overflow-wrap: anywhere; }
svg { flex: none; width: 1em; height: 1em; margin-top: 0.14em; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.off { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { font: inherit; font-weight: 600; color: var(--accent); background: none; border: 0; padding: 0 0.25em; min-width: 24px; min-height: 24px; border-radius: 0.25em; cursor: pointer; text-decoration: underline; text-underline-offset: 0.18em; }
a { color: var(--accent); text-underline-offset: 0.18em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.note { display: flex; gap: 0.5em; align-items: flex-start; width: fit-content; max-width: 100%; margin: 0.5em 0 0.125em; padding: 0.375em 0.75em; border-radius: 0.625em; border: 1px solid transparent; font-size: 0.8125em; }
.note p { min-width: 0; }
.filled { padding-block: 0.1em; align-items: center; }
.filled svg { margin: 0; }
.note + .note { margin-top: 0.25em; }
.ask { background: var(--accent-soft); color: var(--ink); }
.ask svg { color: var(--accent); }
.filled { background: var(--good-soft); color: var(--ink); }
.filled svg { color: var(--good); }
.wait { color: var(--soft); }
.removed { background: var(--warn-soft); border-color: var(--warn-line); }
.removed svg { color: var(--warn); }
.card { font-size: 0.875em; margin: 0.625em 0; padding: 0.875em 1em; background: var(--card); border: 1px solid var(--line); border-radius: 0.75em; display: grid; gap: 0.75em; animation: rise 0.18s ease-out; }
.head { display: grid; gap: 0.4375em; }
.count { display: flex; justify-content: space-between; gap: 0.75em; font-weight: 600; }
.count span + span { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { height: 0.375em; border-radius: 1em; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; border-radius: inherit; background: var(--accent); transition: width 0.3s ease-out; }
.full .bar i { background: var(--good); }
.verdict { display: grid; gap: 0.25em; padding-top: 0.75em; border-top: 1px solid var(--line); }
.verdict small { font-size: 0.86em; color: var(--soft); }
.verdict strong { font-size: 1.07em; line-height: 1.35; font-weight: 600; }
summary { cursor: pointer; color: var(--accent); min-height: 24px; width: fit-content; font-weight: 600; font-size: 0.93em; }
ol { padding-inline-start: 1.375em; display: grid; gap: 0.25em; margin-top: 0.375em; }
li::marker { color: var(--soft); }
@keyframes rise { from { opacity: 0; transform: translateY(0.25em); } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { svg { color: CanvasText !important; } .note, .card { border: 1px solid CanvasText; } .bar { border: 1px solid CanvasText; background: Canvas; } .bar i { background: Highlight; forced-color-adjust: none; } }
`;

let sheet: CSSStyleSheet | undefined;

/** An element of ours with a shadow root: the page's styles stay out, and ours in; the policy needs no exception for it. */
export function makeHost(name: string): { readonly host: HTMLElement; readonly root: ShadowRoot } {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  const host = document.createElement(name);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  return { host, root };
}
