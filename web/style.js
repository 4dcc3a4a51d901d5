// How the chat looks. A constructed sheet: a strict Content-Security-Policy lets it in, and the page's own styles stay out.

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:host {
  --accent: #0b4f71; --on-accent: #fff;
  --ground: #fff; --ink: #1b2733; --soft: #52606d; --bubble: #eef3f6; --line: #75828e; --focus: #0b4f71;
  all: initial;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  color: var(--ink);
  position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483000;
}
@media (prefers-color-scheme: dark) {
  :host { --ground: #14202a; --ink: #eef3f6; --soft: #b6c2cc; --bubble: #22313d; --line: #8795a1; --focus: #9fd3f0; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button { font: inherit; color: inherit; cursor: pointer; min-height: 2.25rem; min-width: 2.25rem; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.launcher, header, .send { background: var(--accent); color: var(--on-accent); }
.launcher {
  display: flex; align-items: center; gap: .6rem; padding: .75rem 1.1rem; border: 0; border-radius: 2rem; font-weight: 600;
  box-shadow: 0 2px 10px rgb(0 0 0 / .3);
}
svg { width: 1.4rem; height: 1.4rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; flex: none; }
.panel {
  display: flex; flex-direction: column; width: min(25rem, calc(100vw - 2rem)); height: min(40rem, calc(100vh - 2rem));
  background: var(--ground); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden;
  box-shadow: 0 8px 30px rgb(0 0 0 / .3);
}
header { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem; padding: .5rem .5rem .5rem 1rem; }
h2 { font-size: 1.1rem; font-weight: 600; margin: 0; flex: 1 1 auto; }
header button { display: grid; place-items: center; background: none; border: 1px solid transparent; border-radius: .5rem; padding: .1rem .45rem; font-size: .875rem; }
header button:hover { border-color: currentColor; }
header :focus-visible, .send:focus-visible { outline-color: var(--on-accent); outline-offset: -4px; }
.scroller { flex: 1 1 auto; overflow-y: auto; padding: 1rem; overscroll-behavior: contain; }
.scroller:focus-visible { outline-offset: -3px; }
.log > * { margin: 0 0 .75rem; max-width: 92%; width: fit-content; animation: appear .2s; }
.log p { margin: 0; padding: .6rem .9rem; border-radius: .9rem; background: var(--bubble); overflow-wrap: anywhere; white-space: pre-line; }
.log .visitor { margin-left: auto; }
.log .visitor p { border-bottom-right-radius: .2rem; background: var(--accent); color: var(--on-accent); }
.log .assistant p { border-bottom-left-radius: .2rem; }
details { margin: .35rem .9rem 0; font-size: .875rem; color: var(--soft); }
summary { cursor: pointer; min-height: 1.5rem; border-radius: .25rem; }
blockquote { margin: .25rem 0 .5rem; padding-left: .75rem; border-left: 3px solid var(--line); color: var(--ink); }
small { font-size: inherit; }
a { color: inherit; display: inline-block; min-height: 1.5rem; }
.offered h3 { font-size: .875rem; font-weight: 400; color: var(--soft); margin: 0 0 .4rem; }
.offered ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .4rem; justify-items: start; }
.offered button, .retry {
  text-align: left; background: none; border: 1px solid var(--line); border-radius: .9rem; padding: .35rem .9rem; font-size: .9375rem;
}
.offered button:hover, .retry:hover { background: var(--bubble); }
.retry { margin-top: .4rem; font-weight: 600; }
.status { min-height: 1.5rem; padding: 0 1rem; font-size: .875rem; color: var(--soft); }
.dots::after { content: ""; display: inline-block; width: .5em; height: .5em; margin-left: .5em; border-radius: 50%; background: currentColor; animation: pulse 1s infinite alternate; }
form { border-top: 1px solid var(--line); padding: .6rem 1rem 1rem; }
label { display: block; font-size: .875rem; color: var(--soft); }
.row { display: flex; gap: .5rem; align-items: flex-end; }
textarea {
  flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .5rem;
  padding: .4rem .6rem; resize: none; height: 3.6rem;
}
.send { border: 1px solid transparent; border-radius: .5rem; padding: .35rem .9rem; font-weight: 600; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@keyframes appear { from { opacity: 0; transform: translateY(.4rem); } }
@keyframes pulse { from { opacity: .2; } }
@media (max-width: 30rem), (max-height: 30rem) {
  :host([open]) { inset: 0; }
  .panel { width: 100vw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
}
@media (max-height: 30rem) {
  .panel { overflow-y: auto; }
  .scroller { flex: none; overflow: visible; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .launcher, .panel, .log p, .send, header button { border: 1px solid; } }
@media print { :host { display: none; } }
`);
