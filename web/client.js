// Talks to the server: /chat/openapi.json describes what goes to and fro.

const SECONDS_TO_REPLY = 30;

// Why there is no reply: `text` is for the visitor (empty where nothing came back), `wait` in seconds.
export class Failure extends Error {
  constructor({ error = "unreachable", text = "", wait = 0 } = {}) {
    super(error);
    this.text = text;
    this.wait = wait;
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

  // The replies to a message. Throws a Failure.
  async say(message, language) {
    const session = this.memory.session;
    const told = await this.post({ message, language, ...(session ? { session } : {}) }, language);
    this.memory.session = told.session;
    return told.replies;
  }

  async post(body, language) {
    let response, told;
    try {
      response = await fetch(new URL("messages", this.server), {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": language },
        body: JSON.stringify(body),
        credentials: "omit",
        signal: AbortSignal.timeout(SECONDS_TO_REPLY * 1000),
      });
      told = await response.json();
    } catch {
      throw new Failure();
    }
    if (response.ok) return told;
    const failure = new Failure({ ...told, wait: Number(response.headers.get("Retry-After")) || 0 });
    if (failure.sessionIsOver) this.memory.session = "";
    else if (told.session) this.memory.session = told.session;
    throw failure;
  }
}
