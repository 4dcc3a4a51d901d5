// What the chat takes over from the page around it: its language, a colour.

import { LANGUAGES } from "./words.js";

// The language asked for, or the page's, or the browser's; the first of ours where it is none of them.
export function pageLanguage(asked) {
  const candidates = [asked, document.documentElement.lang, ...navigator.languages];
  const codes = candidates.map((candidate) => (candidate ?? "").slice(0, 2).toLowerCase());
  return codes.find((code) => LANGUAGES.includes(code)) ?? LANGUAGES[0];
}

// Takes a colour of the page's; what is written on it is white or black, whichever is easier to read.
export function paint(element, colour) {
  if (!CSS.supports("color", colour)) return;
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data.map(Number);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  element.style.setProperty("--accent", colour);
  element.style.setProperty("--on-accent", luminance > 0.179 ? "#000" : "#fff");
}
