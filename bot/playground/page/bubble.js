// One message on the page. It is built once and changed in place, so that an edit disturbs neither focus nor scroll.

import { Choices } from "./choices.js";
import { hour } from "./days.js";
import { icon, make } from "./dom.js";
import { mediaOf } from "./media.js";
import { copyText } from "./notices.js";
import { richText } from "./rich_text.js";

const NAMES = { bot: "Coach", person: "You" };

export class Bubble {
  #message;
  #shown = null;
  #body = make("div", { class: "bubble" });
  #choices;
  #edit;
  element;

  /** `acts`: `tap(message, data, done)` sends a tap, `edit(message)` opens a message of one's own for editing. */
  constructor(message, acts) {
    this.#message = message;
    this.#edit = acts.edit;
    this.element = make("article", { class: "message", tabindex: -1, data: { testid: "message" } });
    const choiceRows = make("div", { class: "choices" });
    this.#choices = new Choices(choiceRows, (data, done) => acts.tap(this.#message, data, done));
    this.element.append(make("div", { class: "stack" }, this.#body, choiceRows));
    const quiet = this.#quietAct(message);
    if (quiet) this.element.append(quiet);
    choiceRows.addEventListener("choices-gone", () => this.element.focus({ preventScroll: true }));
  }

  get message() {
    return this.#message;
  }

  /** Shows the message as it is now. `place`: `{first, last, original}`: its place in a run, and what it answers to. */
  show(message, place) {
    this.#message = message;
    const { from, id } = message;
    Object.assign(this.element.dataset, { from, id });
    this.element.classList.toggle("first", place.first);
    this.element.classList.toggle("last", place.last);
    this.element.setAttribute("aria-label", `${NAMES[from] ?? from}, ${hour(message.date)}`);
    const { html, text, kind, caption, file, edited, reaction } = message;
    const signature = JSON.stringify([html, text, kind, caption, file, edited, reaction, place.original]);
    if (signature !== this.#shown) this.#fill(message, place.original);
    this.#shown = signature;
    this.#choices.show(message.buttons ?? []);
    this.element.classList.toggle("with-choices", (message.buttons ?? []).length > 0);
  }

  #fill(message, original) {
    const media = mediaOf(message);
    const html = message.html ?? "";
    const words = html || message.text || message.caption
      ? make("div", { class: "words", dir: "auto" }, make("span", { data: { testid: "words" } }, this.#words(message)))
      : null;
    const bare = message.kind === "sticker";
    const quoted = original ? make("p", { class: "quoted", dir: "auto" }, original) : null;
    const reaction = message.reaction ? make("span", { class: "reaction" }, message.reaction) : null;
    const looks = { "with-media": media, wordless: !words, bare };
    this.#body.className = ["bubble", ...Object.keys(looks).filter((look) => looks[look])].join(" ");
    words?.append(meta(message));
    this.#body.replaceChildren(...[quoted, media, words ?? meta(message), reaction].filter(Boolean));
  }

  #words(message) {
    if (message.html) return richText(message.html);
    return document.createTextNode(message.text || message.caption || "");
  }

  /** The one act beside a bubble: the coach's words can be copied, one's own can be changed. */
  #quietAct(message) {
    if (message.from === "person") {
      if (message.kind && message.kind !== "text") return null;
      return quietButton("edit", "Edit message", () => this.#edit(this.#message));
    }
    return quietButton("copy", "Copy text", () => copyText(this.#message.text || this.#message.caption || ""));
  }
}

function quietButton(picture, label, act) {
  const testid = label.toLowerCase().replace(" ", "-");
  const attributes = { type: "button", class: "quiet", tabindex: -1, "aria-label": label, title: label };
  return make("button", { ...attributes, data: { testid }, on: { click: act } }, icon(picture, "small"));
}

function meta(message) {
  const time = make("time", { datetime: new Date(message.date * 1000).toISOString() }, hour(message.date));
  return make("span", { class: "meta" }, message.edited ? "edited " : "", time);
}
