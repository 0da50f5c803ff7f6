// The control side of the playground, one function a request.

/** The server said no. `status` is HTTP's, `message` a sentence for people. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function reasonOf(response) {
  try {
    const answer = await response.json();
    return answer.error ?? response.statusText;
  } catch {
    return response.statusText;
  }
}

async function ask(path, { body, signal, read = "json" } = {}) {
  const request = body === undefined ? { signal } : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  };
  const response = await fetch(`/playground/${path}`, { cache: "no-store", ...request });
  if (!response.ok) throw new Refused(response.status, await reasonOf(response));
  return response[read]();
}

/** Every person of the playground: `[{id, first_name, language_code}]`. */
export const people = () => ask("people");

/** A new person, or with an id the same one again after the server forgot it. */
export const newPerson = (person) => ask("people", { body: person });

/** The whole chat once something newer than `since` happened, or after `wait` seconds. */
export const chat = (person, since, wait, signal) => ask(`chat/${person}?since=${since}&wait=${wait}`, { signal });

export const sendText = (person, text) => ask("send", { body: { person, text } });

export const editText = (person, message, text) => ask("send", { body: { person, text, edit: message } });

export const sendKind = (person, kind, caption) =>
  ask("send", { body: caption ? { person, kind, caption } : { person, kind } });

export const tap = (person, message, data) => ask("tap", { body: { person, message, data } });

/** Blocks the coach, or lets it in again. */
export const block = (person, blocked) => ask("block", { body: { person, blocked } });

/** Where this person's talk stands in the book; see author.js. Only for who writes the book. */
export const where = (person) => ask(`author/${person}`);

/** A dialogue as the text of an SVG. */
export const picture = (dialogue) => ask(`author/picture/${encodeURIComponent(dialogue)}`, { read: "text" });

/** Counts of the playground, the coach's `title`, and whether the book's `author` is at the page. */
export const state = () => ask("state");

/** This person's taps: `[{callback_query_id, answered, text, alert, url}]`. */
export const taps = (person) => ask(`taps?person=${person}`);

/** `{now, next_nudge}`, both seconds since 1970, the second null when nothing is planned. */
export const clock = () => ask("clock");

export const moveClock = (step) => ask("clock", { body: step });
