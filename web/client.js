// Talks to the server: /chat/openapi.json describes what goes to and fro.

const SECONDS_TO_REPLY = 30;
const WORTH_SENDING_AGAIN = ["unreachable", "failed", "too_fast", "unknown_session", "session_over"];

// Why there is no reply: `text` is for the visitor (empty where nothing came back), `wait` in seconds.
export class Failure extends Error {
  constructor({ error = "unreachable", text = "", wait = 0 } = {}) {
    super(error);
    this.text = text;
    this.wait = wait;
    this.again = WORTH_SENDING_AGAIN.includes(error);
    this.sessionIsOver = error === "unknown_session" || error === "session_over";
  }
}

export class Client {
  constructor(server, memory) {
    this.server = server;
    this.memory = memory;
  }

  // What the server tells before the first message; null where it can't be reached.
  async about() {
    try {
      const response = await fetch(new URL("about", this.server), { credentials: "omit" });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  // Whether the server took what is said of an answer.
  async rate(id, helpful, reason, language) {
    const { session } = this.memory;
    try {
      return (await this.post("feedback", { session, id, helpful, reason, language })).ok;
    } catch {
      return false;
    }
  }

  post(path, content, signal) {
    return fetch(new URL(path, this.server), {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": content.language },
      body: JSON.stringify(content),
      credentials: "omit",
      signal,
    });
  }

  // The replies to a message; null where the visitor has given the conversation up meanwhile. Throws a Failure.
  async say(message, language, conversation) {
    const { session } = this.memory;
    const request = new AbortController();
    const giveUp = () => request.abort();
    const timer = setTimeout(giveUp, SECONDS_TO_REPLY * 1000);
    conversation.addEventListener("abort", giveUp);
    let response, told;
    try {
      response = await this.post("messages", { message, language, ...(session && { session }) }, request.signal);
      told = await response.json();
    } catch {
      if (!conversation.aborted) throw new Failure();
    } finally {
      clearTimeout(timer);
    }
    if (conversation.aborted) return null;
    const failure = response.ok ? null : new Failure({ ...told, wait: Number(response.headers.get("Retry-After")) });
    if (told.session || failure?.sessionIsOver) this.memory.keep({ session: told.session ?? "" });
    if (failure) throw failure;
    return told.replies;
  }
}
