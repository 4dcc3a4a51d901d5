// What the chat remembers as long as the tab lives; nothing, where the browser lets a page keep nothing.

const KEY = "ask-clara";
const EMPTY = { session: "", language: "", open: false, entries: [] };

export class Memory {
  constructor() {
    this.kept = { ...EMPTY };
    try {
      this.kept = { ...EMPTY, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") };
    } catch {
      // a page without storage, or somebody else's entry: begin anew
    }
  }

  get session() {
    return this.kept.session;
  }

  set session(session) {
    this.keep({ session });
  }

  keep(changes) {
    Object.assign(this.kept, changes);
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.kept));
    } catch {
      // full or forbidden: it lives in this page only
    }
  }

  add(entry) {
    this.keep({ entries: [...this.kept.entries, entry] });
  }

  forgetConversation() {
    this.keep({ session: "", entries: [] });
  }
}
