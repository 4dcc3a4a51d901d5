// Puts the chat on a page: <script type="module" src="https://…/chat/clara.js" data-language="fr"></script>

import { ClaraChat } from "./chat.js";
import { LANGUAGES } from "./words.js";

customElements.define("clara-chat", ClaraChat);

const { server = "./", language, title, colour } = [...document.scripts].find((script) => script.src === import.meta.url)?.dataset ?? {};
const chat = document.createElement("clara-chat");
if (colour) await import("./paint.js").then(({ paint }) => paint(chat, colour), () => {});
document.body.append(chat);
chat.start({ server: new URL(server, import.meta.url), language: firstOfOurs(language), title });

// As asked for, or the page's, or the browser's.
function firstOfOurs(asked) {
  const codes = [asked, document.documentElement.lang, ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return codes.find((code) => LANGUAGES.includes(code)) ?? LANGUAGES[0];
}
