// One message of the conversation as elements.

import { el, link, linked } from "./dom.js";

export function visitorMessage(text, words) {
  return el("div", { className: "visitor" }, el("p", {}, el("span", { className: "unseen" }, `${words.you} `), text));
}

// `reply` as the server sends it; its language may be another than the interface's.
export function assistantMessage(reply, words, about) {
  return el(
    "div",
    { className: "assistant", lang: reply.language },
    el("p", {}, el("span", { className: "unseen" }, `${words.title} `), ...linked(reply.text, about.contact_url)),
    reply.sources?.length ? sources(reply.sources, words, about) : null,
  );
}

// Why there is no reply, with a button that sends the question again where that may help; `failure.wait` in seconds.
export function complaint({ text, again, wait = 0 }, { words, about, language }, sendAgain) {
  const message = assistantMessage({ text: text || words.unreachable, language }, words, about);
  if (!again) return message;
  const button = el("button", { type: "button", className: "retry", disabled: wait > 0, onclick: sendAgain }, words.retry);
  setTimeout(() => (button.disabled = false), wait * 1000);
  message.append(button);
  return message;
}

function sources(passages, words, about) {
  const numbers = [...new Set(passages.map((passage) => passage.paragraph))].sort((a, b) => a - b);
  return el(
    "details",
    { lang: words.code },
    el("summary", {}, words.source(numbers)),
    ...passages.flatMap((passage) => [
      el("div", {}, words.passage),
      el("blockquote", { lang: "en" }, passage.text),
    ]),
    about.page_url ? link(about.page_url, words.page) : null,
  );
}

// Questions to go on with; each button asks its own.
export function offers(questions, language, words, ask) {
  return [
    el("h3", {}, words.suggestions),
    el("ul", { lang: language }, ...questions.map((question) => el("li", {}, el("button", { type: "button", onclick: () => ask(question) }, question)))),
  ];
}
