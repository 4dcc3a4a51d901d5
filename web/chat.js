// A button that opens a window with the conversation.

import { Client } from "./client.js";
import { closesOn, el, icon, keepFocusInside, sendsOn } from "./dom.js";
import { Memory } from "./memory.js";
import { assistantMessage, complaint, offers, visitorMessage } from "./messages.js";
import { sheet } from "./style.js";
import { LANGUAGES, WORDS } from "./words.js";

const NOTHING_KNOWN = { max_characters: 500, page_url: "", contact_url: "", opening: {}, starters: {} };
const CHARACTERS_LEFT_FROM = 100; // below, the visitor is told how many are left

export class ClaraChat extends HTMLElement {
  conversation = new AbortController();
  busy = false;

  // `server`: the URL of /chat/; `title`: the window's, where it isn't the usual one.
  start({ server, language, title }) {
    this.memory = new Memory();
    this.client = new Client(server, this.memory);
    this.about = NOTHING_KNOWN;
    this.ownTitle = title;
    this.language = this.memory.language || language;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.build();
    if (this.memory.open) this.open();
    addEventListener("pageshow", (event) => event.persisted && this.comeBack());
  }

  get words() {
    const words = WORDS[this.language];
    return { ...words, code: this.language, title: this.ownTitle || words.title };
  }

  get otherLanguage() {
    return LANGUAGES.find((language) => language !== this.language);
  }

  build() {
    const button = (onclick, ...children) => el("button", { type: "button", onclick }, ...children);
    this.launcher = button(() => this.openByHand());
    this.launcher.className = "launcher";
    this.heading = el("h2", { id: "title" });
    this.switcher = button(() => this.speak(this.otherLanguage));
    this.restarter = button(() => this.restart(), icon("anew"));
    this.closer = button(() => this.close(), icon("cross"));
    this.log = el("div", { className: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    this.offered = el("div", { className: "offered" });
    this.scroller = el("div", { className: "scroller", tabIndex: 0, role: "region" }, this.log, this.offered);
    this.status = el("div", { className: "status", role: "status" });
    this.label = el("label", { htmlFor: "question" });
    this.left = el("span", { id: "left" });
    this.field = el("textarea", {
      id: "question",
      autocomplete: "off",
      "aria-describedby": "left",
      onkeydown: (event) => sendsOn(event) && this.send(event),
      oninput: () => this.countCharacters(),
    });
    this.sender = el("button", { type: "submit", className: "send" });
    const form = el(
      "form",
      { onsubmit: (event) => this.send(event) },
      el("div", { className: "row" }, this.label, this.left),
      el("div", { className: "row" }, this.field, this.sender),
    );
    this.panel = el(
      "div",
      { className: "panel", role: "dialog", "aria-labelledby": "title", hidden: true },
      el("header", {}, this.heading, this.switcher, this.restarter, this.closer),
      this.scroller,
      this.status,
      form,
    );
    this.panel.addEventListener("keydown", (event) => {
      if (closesOn(event)) this.close();
      keepFocusInside(this.panel, event);
    });
    // The page's own shortcuts aren't meant for who types here.
    for (const kind of ["keydown", "keypress", "keyup"]) this.panel.addEventListener(kind, (event) => event.stopPropagation());
    this.shadowRoot.append(this.launcher, this.panel);
    this.translate();
  }

  translate() {
    const { words } = this;
    this.lang = this.language;
    this.launcher.replaceChildren(icon("bubble"), words.open);
    this.heading.textContent = words.title;
    this.switcher.textContent = words.otherLanguage;
    this.switcher.lang = this.otherLanguage;
    for (const [button, name] of [[this.restarter, words.restart], [this.closer, words.close]]) {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
    this.log.setAttribute("aria-label", words.conversation);
    this.scroller.setAttribute("aria-label", words.conversation);
    this.label.textContent = words.question;
    this.sender.textContent = words.send;
    this.countCharacters();
  }

  openByHand() {
    this.open();
    this.field.focus();
  }

  async open() {
    this.toggle(true);
    this.showAll();
    if (this.about !== NOTHING_KNOWN) return;
    this.telling ??= this.client.about();
    const about = await this.telling;
    this.telling = null;
    if (!about || this.about !== NOTHING_KNOWN) return;
    this.about = { ...NOTHING_KNOWN, ...about };
    this.field.maxLength = this.about.max_characters;
    this.showAll();
  }

  close() {
    this.toggle(false);
    this.launcher.focus();
  }

  toggle(open) {
    this.panel.hidden = !open;
    this.launcher.hidden = open;
    this.toggleAttribute("open", open);
    this.memory.keep({ open });
  }

  // A page comes back as it was left; elsewhere the conversation may have gone on.
  comeBack() {
    this.memory.read();
    this.toggle(this.memory.open);
    this.showAll();
  }

  speak(language) {
    this.language = language;
    this.memory.keep({ language });
    this.translate();
    this.showAll();
  }

  restart() {
    this.conversation.abort();
    this.conversation = new AbortController();
    this.memory.forgetConversation();
    this.wait(false);
    this.showAll();
    this.field.focus();
  }

  // Without reading it out once more.
  showAll() {
    const { words, about, language } = this;
    this.log.setAttribute("aria-live", "off");
    this.log.replaceChildren();
    if (about.opening[language]) this.log.append(assistantMessage({ text: about.opening[language], language }, words, about));
    this.offer(about.starters[language] ?? [], language);
    this.memory.entries.forEach((entry) => this.show(entry));
    const last = this.memory.entries.at(-1);
    if (last && !last.reply && !this.busy) this.complain(last.text, last.failure ?? { text: "", again: true });
    this.reveal(this.offered);
    requestAnimationFrame(() => requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite")));
  }

  show({ text, reply }) {
    const message = reply ? assistantMessage(reply, this.words, this.about) : visitorMessage(text, this.words);
    this.log.querySelector(".feedback")?.remove();
    this.log.append(message);
    this.offer(reply?.suggestions ?? [], reply?.language);
    if (reply?.kind === "answer" && reply.id && !reply.rated) this.askWhetherUseful(message, reply);
    return message;
  }

  async askWhetherUseful(message, reply) {
    const { feedback } = await import("./feedback.js");
    if (message !== this.log.lastElementChild) return;
    const rate = (helpful, reason) => {
      reply.rated = true;
      this.memory.keep({});
      return this.client.rate(reply.id, helpful, reason, this.language);
    };
    message.append(feedback(this.language, rate));
    this.reveal(message);
  }

  offer(questions, language) {
    this.offered.replaceChildren(...(questions.length ? offers(questions, language, this.words, (question) => this.ask(question)) : []));
  }

  send(event) {
    event.preventDefault();
    const question = this.field.value.trim();
    if (!question || this.busy) return;
    this.field.value = "";
    this.countCharacters();
    this.ask(question);
  }

  ask(question) {
    if (this.busy) return;
    this.log.querySelector(".retry")?.remove();
    this.memory.add({ text: question });
    this.reveal(this.show({ text: question }));
    this.field.focus();
    this.fetchReply(question);
  }

  async fetchReply(question) {
    const { signal } = this.conversation;
    this.wait(true);
    let replies = null;
    let failure = null;
    try {
      replies = await this.client.say(question, this.language, signal);
    } catch (thrown) {
      failure = thrown;
    }
    if (signal.aborted) return;
    this.wait(false);
    if (failure) this.explain(question, failure);
    for (const reply of replies ?? []) {
      this.memory.add({ reply });
      this.reveal(this.show({ reply }));
    }
  }

  explain(question, { text, again, wait }) {
    this.memory.fail({ text, again });
    if (!again) this.field.value ||= question;
    this.reveal(this.complain(question, { text, again, wait }));
  }

  complain(question, failure) {
    const { words, about, language } = this;
    const message = complaint(failure, { words, about, language }, () => {
      if (this.busy) return;
      message.remove();
      this.field.focus();
      this.fetchReply(question);
    });
    this.log.append(message);
    return message;
  }

  wait(busy) {
    this.busy = busy;
    this.status.replaceChildren(...(busy ? [el("span", { className: "dots" }, this.words.thinking)] : []));
  }

  // To the end, or so far that a message can be read from its beginning.
  reveal(message) {
    this.offered.scrollIntoView({ block: "nearest" });
    const top = Math.max(this.panel.getBoundingClientRect().top, this.scroller.getBoundingClientRect().top);
    if (message.getBoundingClientRect().top < top) message.scrollIntoView({ block: "start" });
  }

  countCharacters() {
    const left = this.about.max_characters - this.field.value.length;
    this.left.textContent = left < CHARACTERS_LEFT_FROM ? this.words.left(left) : "";
  }
}
