// What the chat remembers as long as the tab lives; nothing, where the browser lets a page keep nothing.

import { LANGUAGES } from "./words.js";

const KEY = "ask-clara";

// What is kept, and whether a value found there can be ours.
const FITS = {
  session: (value) => typeof value === "string",
  language: (value) => LANGUAGES.includes(value),
  open: (value) => typeof value === "boolean",
  // Questions ({text}, the last perhaps with its failure) and replies ({reply}).
  entries: (value) => Array.isArray(value) && value.every((entry) => typeof (entry?.reply?.text ?? entry?.text) === "string"),
};

export class Memory {
  constructor() {
    this.read();
  }

  // At the start, and when the browser brings an old page back.
  read() {
    Object.assign(this, { session: "", language: "", open: false, entries: [] });
    try {
      const found = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
      for (const [name, fits] of Object.entries(FITS)) if (fits(found[name])) this[name] = found[name];
    } catch {
      // forbidden, or not our entry
    }
  }

  keep(changes) {
    Object.assign(this, changes);
    const { session, language, open, entries } = this;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ session, language, open, entries }));
    } catch {
      // full or forbidden
    }
  }

  add(entry) {
    this.keep({ entries: [...this.entries, entry] });
  }

  // Notes why the last question has no reply.
  fail(failure) {
    this.keep({ entries: [...this.entries.slice(0, -1), { ...this.entries.at(-1), failure }] });
  }

  forgetConversation() {
    this.keep({ session: "", entries: [] });
  }
}
