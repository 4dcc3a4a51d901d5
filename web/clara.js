// Puts the chat on a page: <script type="module" src="https://…/chat/clara.js" data-language="fr"></script>

import { ClaraChat } from "./chat.js";
import { LANGUAGES } from "./words.js";

customElements.define("clara-chat", ClaraChat);

const { server = "./", language, title, colour } = [...document.scripts].find((script) => script.src === import.meta.url)?.dataset ?? {};
const chat = document.createElement("clara-chat");
document.body.append(chat);
if (colour) paint(colour);
chat.start({ server: new URL(server, import.meta.url), language: firstOfOurs(language), title });

// The language asked for, or the page's, or the browser's.
function firstOfOurs(asked) {
  const codes = [asked, document.documentElement.lang, ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return codes.find((code) => LANGUAGES.includes(code)) ?? LANGUAGES[0];
}

// What is written on it is white or black, whichever is easier to read. What is no opaque colour changes nothing.
function paint(colour) {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = "#0b4f71";
  canvas.fillStyle = colour;
  const parts = canvas.fillStyle.match(/^#(..)(..)(..)$/)?.slice(1).map((part) => parseInt(part, 16) / 255);
  if (!parts) return;
  const [red, green, blue] = parts.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  chat.style.setProperty("--accent", canvas.fillStyle);
  chat.style.setProperty("--on-accent", 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff");
}
