// Shows one message of the conversation: the visitor's, or a reply with what it rests on.

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

function sources(passages, words, about) {
  const numbers = [...new Set(passages.map((passage) => passage.paragraph))].sort((a, b) => a - b);
  return el(
    "details",
    { lang: words.code },
    el("summary", {}, words.source(numbers)),
    ...passages.flatMap((passage) => [
      el("small", {}, words.passage),
      el("blockquote", { lang: "en" }, passage.text),
    ]),
    about.page_url ? link(about.page_url, words.page) : null,
  );
}

// Questions to go on with, under a heading; each button asks its question.
export function offers(questions, language, words, ask) {
  return [
    el("h3", {}, words.suggestions),
    el("ul", { lang: language }, ...questions.map((question) => el("li", {}, el("button", { type: "button", onclick: () => ask(question) }, question)))),
  ];
}
