// How the chat looks. A constructed sheet gets past a strict Content-Security-Policy.

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:host {
  --accent: #0b4f71; --on-accent: #fff;
  --ground: #fff; --ink: #1b2733; --soft: #52606d; --bubble: #eef3f6; --line: #75828e; --focus: #0b4f71;
  /* !important: or a page's rules for every element win */
  all: initial !important;
  font: max(16px, 1rem)/1.5 system-ui, sans-serif !important;
  color: var(--ink) !important;
  position: fixed !important; inset: auto 1em 1em auto !important; z-index: 2147483000 !important;
}
@media (prefers-color-scheme: dark) {
  :host { --ground: #14202a; --ink: #eef3f6; --soft: #b6c2cc; --bubble: #22313d; --line: #8795a1; --focus: #9fd3f0; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button { font: inherit; color: inherit; cursor: pointer; min-height: 2.25em; min-width: 2.25em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.launcher, header, .send { background: var(--accent); color: var(--on-accent); }
.launcher {
  display: flex; align-items: center; gap: .6em; padding: .75em 1.1em; border: 0; border-radius: 2em; font-weight: 600;
  box-shadow: 0 8px 30px rgb(0 0 0 / .3);
}
svg { width: 1.4em; height: 1.4em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; flex: none; }
.panel {
  display: flex; flex-direction: column; width: min(25em, calc(100vw - 32px)); height: min(40em, calc(100vh - 32px));
  background: var(--ground); border: 1px solid var(--line); border-radius: .75em; overflow: hidden;
  box-shadow: 0 8px 30px rgb(0 0 0 / .3);
}
header { display: flex; flex-wrap: wrap; align-items: center; gap: .25em; padding: .5em .5em .5em 1em; }
h2 { font-size: 1.1em; font-weight: 600; margin: 0; flex: 1 1 auto; }
header button { display: grid; place-items: center; background: none; border: 1px solid transparent; border-radius: .5em; padding: .1em .45em; font-size: .875em; }
header button:hover { border-color: currentColor; }
header :focus-visible, .send:focus-visible { outline-color: currentColor; outline-offset: -4px; }
.scroller { flex: 1 1 auto; overflow-y: auto; padding: 1em; overscroll-behavior: contain; }
.log > * { margin: 0 0 .75em; max-width: 92%; width: fit-content; animation: appear .2s; }
.log p { margin: 0; padding: .6em .9em; border-radius: .9em; background: var(--bubble); overflow-wrap: anywhere; white-space: pre-line; }
.log .visitor { margin-left: auto; }
.log .visitor p { background: var(--accent); color: var(--on-accent); }
details { margin: .35em .9em 0; font-size: .875em; color: var(--soft); }
summary { cursor: pointer; min-height: 1.8em; }
blockquote { margin: .25em 0 .5em; padding-left: .75em; border-left: 3px solid var(--line); color: var(--ink); }
a { color: inherit; display: inline-block; min-height: 1.8em; }
.feedback { margin: .35em .9em 0; font-size: .875em; color: var(--soft); }
.feedback button { margin: .2em .2em 0 0; }
.offered h3 { font-size: .875em; font-weight: 400; color: var(--soft); margin: 0 0 .4em; }
.offered ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .4em; justify-items: start; }
.offered button, .feedback button, .retry {
  text-align: left; background: none; border: 1px solid var(--line); border-radius: .9em; padding: .35em .9em;
}
.retry { margin-top: .4em; font-weight: 600; }
.status { min-height: 1.5em; padding: 0 1em; font-size: .875em; color: var(--soft); }
.dots::after { content: ""; display: inline-block; width: .5em; height: .5em; margin-left: .5em; border-radius: 1em; background: currentColor; animation: pulse 1s infinite alternate; }
form { border-top: 1px solid var(--line); padding: .6em 1em 1em; }
label, #left { font-size: .875em; color: var(--soft); }
label { flex: 1; }
.row { display: flex; gap: .5em; align-items: flex-end; }
textarea {
  flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .5em;
  padding: .4em .6em; resize: none; height: 3.6em;
}
.send { border: 1px solid transparent; border-radius: .5em; padding: .35em .9em; font-weight: 600; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@keyframes appear { from { opacity: 0; transform: translateY(.4em); } }
@keyframes pulse { from { opacity: .2; } }
@media (max-width: 30rem), (max-height: 30rem) {
  :host([open]) { inset: 0 !important; }
  .panel { width: 100vw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
}
@media (max-height: 30rem) {
  .panel { overflow-y: auto; }
  .scroller { flex: none; overflow: visible; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .launcher, .panel, .log p, .send, header button { border: 1px solid; } }
@media print { :host { display: none !important; } }
`);
