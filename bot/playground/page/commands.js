// The list of commands: opened by its button or by typing "/", narrowed while one types, walked with the arrows.

import { byId, make } from "./dom.js";

export class CommandList {
  #commands = [];
  #shown = [];
  #at = 0;
  #list = byId("command-list");
  #panel = byId("command-panel");
  #button = byId("commands");
  #words = byId("words");
  #send;

  /** `send(text)` sends a chosen command. */
  constructor(send) {
    this.#send = send;
    this.#button.addEventListener("click", () => (this.open ? this.close(true) : this.#openAll()));
    this.#list.addEventListener("keydown", (event) => this.key(event));
    this.#list.addEventListener("click", ({ target }) => this.#choose(target.closest("li")?.dataset.command));
    this.#words.addEventListener("input", () => this.#filter());
    const inside = (target) => byId("composer-form").contains(target) || this.#panel.contains(target);
    document.addEventListener("pointerdown", ({ target }) => this.open && !inside(target) && this.close());
  }

  get open() {
    return !this.#panel.hidden;
  }

  get #marked() {
    return this.#shown[this.#at].command;
  }

  /** `commands`: `[{command, description}]`, as the bot registered them. */
  know(commands) {
    if (JSON.stringify(commands) === JSON.stringify(this.#commands)) return;
    this.#commands = commands;
    this.#button.hidden = commands.length === 0;
    if (this.open) this.close();
  }

  close(toWords = false) {
    this.#panel.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
    this.#words.removeAttribute("aria-activedescendant");
    if (toWords || this.#list.contains(document.activeElement)) this.#words.focus();
  }

  /** Takes a key that belongs to the open list, and says whether it did. */
  key(event) {
    if (!this.open) return false;
    const last = this.#shown.length - 1;
    const steps = { ArrowDown: this.#at === last ? 0 : this.#at + 1, ArrowUp: this.#at === 0 ? last : this.#at - 1 };
    if (event.key in steps) this.#mark(steps[event.key]);
    else if (event.key === "Home" && document.activeElement === this.#list) this.#mark(0);
    else if (event.key === "End" && document.activeElement === this.#list) this.#mark(last);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#choose(this.#marked);
    else if (event.key === "Escape") this.close(true);
    else if (event.key === "Tab" && !event.shiftKey && document.activeElement === this.#words) this.#complete();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #openAll() {
    this.#show(this.#commands);
    if (this.open) this.#list.focus();
  }

  #filter() {
    const typed = this.#words.value;
    if (!/^\/\w*$/.test(typed)) return this.open && this.close();
    const start = typed.slice(1).toLowerCase();
    this.#show(this.#commands.filter(({ command }) => command.toLowerCase().startsWith(start)));
  }

  #show(commands) {
    this.#shown = commands;
    if (commands.length === 0) return this.close();
    this.#list.replaceChildren(...commands.map(option));
    this.#panel.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#mark(0);
  }

  #mark(place) {
    this.#at = place;
    [...this.#list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
    const chosen = this.#list.children[place];
    chosen?.scrollIntoView({ block: "nearest" });
    for (const element of [this.#list, this.#words]) element.setAttribute("aria-activedescendant", chosen?.id ?? "");
  }

  #complete() {
    this.#words.value = `/${this.#marked} `;
    this.#words.dispatchEvent(new Event("input"));
  }

  #choose(command) {
    if (!command) return;
    if (this.#words.value.startsWith("/")) {
      this.#words.value = "";
      this.#words.dispatchEvent(new Event("input"));
    }
    this.close(true);
    this.#send(`/${command}`);
  }
}

function option({ command, description }) {
  const attributes = { role: "option", id: `command-${command}`, "aria-selected": "false" };
  const data = { testid: "command", command };
  const purpose = make("span", { dir: "auto" }, description ?? "");
  return make("li", { ...attributes, data }, make("b", {}, `/${command}`), purpose);
}
