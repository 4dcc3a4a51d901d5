// The chat as an element: a button that opens a window with the conversation.

import { Client, Failure } from "./client.js";
import { el, icon } from "./dom.js";
import { Memory } from "./memory.js";
import { assistantMessage, offers, visitorMessage } from "./messages.js";
import { pageLanguage, paint } from "./page.js";
import { sheet } from "./style.js";
import { LANGUAGES, WORDS } from "./words.js";

const NOTHING_KNOWN = { max_characters: 500, page_url: "", contact_url: "", opening: {}, starters: {} };
const CHARACTERS_LEFT_FROM = 100; // below, the visitor is told how many are left

export class ClaraChat extends HTMLElement {
  // `settings`: server (URL of /chat/), language ("" to choose it from the page), title ("" for the usual one), colour ("" too).
  start(settings) {
    this.memory = new Memory();
    this.client = new Client(settings.server, this.memory);
    this.about = NOTHING_KNOWN;
    this.ownTitle = settings.title;
    this.language = this.memory.kept.language || pageLanguage(settings.language);
    this.busy = false;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    if (settings.colour) paint(this, settings.colour);
    this.build();
    if (this.memory.kept.open) this.open({ focus: false });
  }

  get words() {
    const words = WORDS[this.language];
    return { ...words, code: this.language, title: this.ownTitle || words.title };
  }

  build() {
    this.launcher = el("button", { type: "button", className: "launcher", onclick: () => this.open({ focus: true }) });
    this.heading = el("h2", { id: "title" });
    this.switcher = el("button", { type: "button", onclick: () => this.speak(LANGUAGES.find((other) => other !== this.language)) });
    this.restarter = el("button", { type: "button", onclick: () => this.restart() }, icon("anew"));
    this.closer = el("button", { type: "button", onclick: () => this.close() }, icon("cross"));
    this.log = el("div", { className: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    this.offered = el("div", { className: "offered" });
    this.scroller = el("div", { className: "scroller", tabIndex: 0, role: "region" }, this.log, this.offered);
    this.status = el("div", { className: "status", role: "status" });
    this.label = el("label", { htmlFor: "question" });
    this.field = el("textarea", {
      id: "question",
      autocomplete: "off",
      onkeydown: (event) => this.sendOnEnter(event),
      oninput: () => this.countCharacters(),
    });
    this.sender = el("button", { type: "submit", className: "send" });
    const row = el("div", { className: "row" }, this.field, this.sender);
    const form = el("form", { onsubmit: (event) => this.send(event) }, this.label, row);
    this.panel = el(
      "div",
      { className: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, onkeydown: (event) => this.closeOnEscape(event) },
      el("header", {}, this.heading, this.switcher, this.restarter, this.closer),
      this.scroller,
      this.status,
      form,
    );
    this.shadowRoot.append(this.launcher, this.panel);
    this.translate();
  }

  // Writes every word of the interface, in its language.
  translate() {
    const { words } = this;
    const other = LANGUAGES.find((language) => language !== this.language);
    this.lang = this.language;
    this.launcher.replaceChildren(icon("bubble"), words.open);
    this.heading.textContent = words.title;
    this.switcher.textContent = words.otherLanguage;
    this.switcher.lang = other;
    for (const [button, name] of [[this.restarter, words.restart], [this.closer, words.close]]) {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
    this.log.setAttribute("aria-label", words.conversation);
    this.scroller.setAttribute("aria-label", words.conversation);
    this.label.textContent = words.question;
    this.sender.textContent = words.send;
  }

  async open({ focus }) {
    this.toggle(true);
    if (focus) this.field.focus();
    if (this.log.childElementCount) return;
    this.about = { ...NOTHING_KNOWN, ...(await this.client.about()) };
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

  closeOnEscape(event) {
    if (event.key === "Escape") this.close();
  }

  speak(language) {
    this.language = language;
    this.memory.keep({ language });
    this.translate();
    this.showAll();
  }

  restart() {
    this.memory.forgetConversation();
    this.showAll();
    this.field.focus();
  }

  // Shows the opening and the conversation so far, without reading it out once more.
  showAll() {
    this.log.setAttribute("aria-live", "off");
    this.log.replaceChildren();
    this.offered.replaceChildren();
    const { opening, starters } = this.about;
    if (opening[this.language]) this.log.append(assistantMessage({ text: opening[this.language], language: this.language }, this.words, this.about));
    this.offer(starters[this.language] ?? [], this.language);
    for (const entry of this.memory.kept.entries) this.show(entry);
    this.scroller.scrollTop = this.scroller.scrollHeight;
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  show({ text, reply }) {
    const message = reply ? assistantMessage(reply, this.words, this.about) : visitorMessage(text, this.words);
    this.log.append(message);
    this.offer(reply?.suggestions ?? [], reply?.language);
    return message;
  }

  offer(questions, language) {
    const { words } = this;
    this.offered.replaceChildren(...(questions.length ? offers(questions, language, words, (question) => this.ask(question)) : []));
  }

  sendOnEnter(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send(event);
  }

  send(event) {
    event.preventDefault();
    const question = this.field.value.trim();
    if (!question || this.busy) return;
    this.field.value = "";
    this.countCharacters();
    this.ask(question);
  }

  async ask(question) {
    if (this.busy) return;
    this.memory.add({ text: question });
    this.show({ text: question });
    this.field.focus();
    this.scroller.scrollTop = this.scroller.scrollHeight;
    await this.fetchReply(question);
  }

  async fetchReply(question) {
    this.wait(true);
    try {
      for (const reply of await this.client.say(question, this.language)) {
        this.memory.add({ reply });
        this.reveal(this.show({ reply }));
      }
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      this.complain(question, failure);
    } finally {
      this.wait(false);
    }
  }

  // Says what went wrong, with a button that sends the same question again.
  complain(question, failure) {
    const message = assistantMessage({ text: failure.text || this.words.unreachable, language: this.language }, this.words, this.about);
    const again = () => {
      message.remove();
      this.field.focus();
      this.fetchReply(question);
    };
    const button = el("button", { type: "button", className: "retry", onclick: again }, this.words.retry);
    if (failure.wait) {
      button.disabled = true;
      setTimeout(() => (button.disabled = false), failure.wait * 1000);
    }
    message.append(button);
    this.log.append(message);
    this.reveal(message);
  }

  wait(busy) {
    this.busy = busy;
    this.log.setAttribute("aria-busy", String(busy));
    this.status.replaceChildren(...(busy ? [el("span", { className: "dots" }, this.words.thinking)] : []));
  }

  reveal(message) {
    message.scrollIntoView({ block: "nearest" });
    if (this.offered.childElementCount) this.offered.scrollIntoView({ block: "nearest" });
    if (message.offsetTop < this.scroller.scrollTop) message.scrollIntoView({ block: "start" });
  }

  countCharacters() {
    const left = this.about.max_characters - this.field.value.length;
    this.status.textContent = left < CHARACTERS_LEFT_FROM ? this.words.left(left) : "";
  }
}
