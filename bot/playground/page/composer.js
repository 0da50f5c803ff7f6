// Where the person writes: it grows with the words, sends with Enter, and opens the last own message with the up arrow.

import * as api from "./api.js";
import { byId } from "./dom.js";
import { Menu } from "./menu.js";
import { toast } from "./notices.js";

const LINES = 5;
const KINDS = [
  ["photo", "picture", "Photo"], ["video", "video", "Video"], ["voice", "voice", "Voice message"],
  ["sticker", "sticker", "Sticker"], ["document", "document", "Document"], ["location", "location", "Location"],
  ["contact", "contact", "Contact"], ["poll", "poll", "Poll"],
];
const CAPTIONED = new Set(["photo", "video", "voice", "document"]);
const NOT_SENT = "Not sent: the coach can't be reached. Your words are still here.";

export class Composer {
  #words = byId("words");
  #bar = byId("editing");
  #person;
  #lastOwnWords;
  #edited = null;
  #commands = null;

  /** `person()` is who writes now; `lastOwnWords()` is the message that the up arrow opens, or null. */
  constructor({ person, lastOwnWords }) {
    this.#person = person;
    this.#lastOwnWords = lastOwnWords;
    byId("composer-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#words.addEventListener("keydown", (event) => this.#key(event));
    this.#words.addEventListener("input", () => this.#fit());
    byId("editing-cancel").addEventListener("click", () => this.#endEditing());
    byId("start").addEventListener("click", () => this.send("/start").then(() => this.focus()));
    new Menu(byId("attach"), byId("attach-menu"), () => KINDS.map((kind) => this.#attachment(...kind)));
    this.#fit();
  }

  /** The list that gets a key first while it is open. */
  listenTo(commands) {
    this.#commands = commands;
  }

  focus() {
    this.#words.focus();
  }

  /** A fresh chat starts with an empty field. */
  reset() {
    this.#endEditing();
    this.#write("");
  }

  /** Sends these words, whatever stands in the field; true when the server took them. */
  async send(text) {
    return this.#try(() => api.sendText(this.#person().id, text));
  }

  edit(message) {
    this.#edited = message;
    byId("editing-words").textContent = message.text;
    this.#bar.hidden = false;
    document.body.classList.add("is-editing");
    this.#write(message.text);
    this.#words.focus();
    this.#words.setSelectionRange(message.text.length, message.text.length);
  }

  #endEditing() {
    if (!this.#edited) return;
    this.#edited = null;
    this.#bar.hidden = true;
    document.body.classList.remove("is-editing");
    this.#write("");
    this.focus();
  }

  async #submit() {
    const text = this.#words.value.trim();
    const edited = this.#edited;
    if (!text) return this.focus();
    if (edited && text === edited.text) return this.#endEditing();
    this.#endEditing();
    this.#write("");
    this.focus();
    const { id } = this.#person();
    const sent = await this.#try(() => (edited ? api.editText(id, edited.id, text) : api.sendText(id, text)));
    if (sent || this.#words.value) return;
    if (edited) this.edit(edited);
    this.#write(text);
  }

  #attachment(kind, picture, label) {
    return { icon: picture, label, testid: `attach-${kind}`, act: () => this.#attach(kind) };
  }

  async #attach(kind) {
    const caption = CAPTIONED.has(kind) && !this.#edited ? this.#words.value.trim() : "";
    const sent = await this.#try(() => api.sendKind(this.#person().id, kind, caption));
    if (sent && caption) this.#write("");
    this.focus();
  }

  async #try(request) {
    try {
      await request();
      return true;
    } catch (fault) {
      toast(fault instanceof api.Refused ? `Not sent: ${fault.message}` : NOT_SENT);
      return false;
    }
  }

  #key(event) {
    if (this.#commands?.key(event)) return;
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && this.#words.value === "" && !this.#edited) {
      const message = this.#lastOwnWords();
      if (!message) return;
      event.preventDefault();
      this.edit(message);
    } else if (event.key === "Escape" && this.#edited) {
      this.#endEditing();
    }
  }

  #write(text) {
    this.#words.value = text;
    this.#words.dispatchEvent(new Event("input"));
  }

  #fit() {
    const style = getComputedStyle(this.#words);
    const room = parseFloat(style.lineHeight) * LINES + parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    this.#words.style.height = "auto";
    const wanted = this.#words.scrollHeight;
    this.#words.style.height = `${Math.min(wanted, room)}px`;
    this.#words.style.overflowY = wanted > room + 1 ? "auto" : "hidden";
    document.body.classList.toggle("has-words", this.#words.value.trim() !== "");
  }
}
