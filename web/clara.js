// Puts the chat on a page: <script type="module" src="https://…/chat/clara.js" data-language="fr"></script>

import { ClaraChat } from "./chat.js";

customElements.define("clara-chat", ClaraChat);

const { server, language, title, colour } = [...document.scripts].find((script) => script.src === import.meta.url)?.dataset ?? {};
const chat = document.createElement("clara-chat");
document.body.append(chat);
chat.start({
  server: new URL(server || "./", import.meta.url),
  language: language ?? "",
  title: title ?? "",
  colour: colour ?? "",
});
