// Builds elements, and reads keys. Text goes in as text, never as markup.

export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes("-")) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// Text in which one known address is a link.
export function linked(text, address) {
  const at = address ? text.indexOf(address) : -1;
  if (at < 0) return [text];
  return [text.slice(0, at), link(address, address), text.slice(at + address.length)];
}

export function link(address, text) {
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

const OUTLINES = {
  bubble: "M4 4h16v12H9l-5 4z",
  anew: "M20 11a8 8 0 1 0-2.3 6M20 4v7h-7",
  cross: "M5 5l14 14M19 5L5 19",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", OUTLINES[name]);
  svg.append(path);
  return svg;
}

const FULL_SCREEN = "(max-width: 30rem), (max-height: 30rem)"; // as in style.js

// Who composes a sign (Japanese, say) ends it with Enter or Esc; some browsers tell by 229 only.
const composes = (event) => event.isComposing || event.keyCode === 229;

export const sendsOn = (event) => event.key === "Enter" && !event.shiftKey && !composes(event);

export const closesOn = (event) => event.key === "Escape" && !composes(event);

// Where the window covers the page, Tab goes round in it: what lies beneath can't be seen.
export function keepFocusInside(panel, event) {
  if (event.key !== "Tab" || !matchMedia(FULL_SCREEN).matches) return;
  const stops = [...panel.querySelectorAll("button:enabled, [tabindex], summary, a, textarea")].filter((stop) => stop.getClientRects().length);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (panel.getRootNode().activeElement !== from) return;
  event.preventDefault();
  to.focus();
}
