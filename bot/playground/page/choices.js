// The buttons under a message. They change in place when the message is edited, and wait visibly for their answer.

import { arrange, icon, make, safeAddress } from "./dom.js";
import { copyText } from "./notices.js";

const STYLES = new Set(["primary", "success", "danger"]);

export class Choices {
  #rows;
  #tap;
  #pending = new Set();
  #shown = "[]";

  /** `tap(data, done)` sends a tap and calls `done` when it was answered, or never will be. */
  constructor(rows, tap) {
    this.#rows = rows;
    this.#tap = tap;
  }

  /** `rows`: `[[{text, data | url | copy}]]` */
  show(rows) {
    const signature = JSON.stringify(rows);
    if (signature === this.#shown) return;
    this.#shown = signature;
    const focused = this.#rows.contains(document.activeElement) ? document.activeElement : null;
    const byKeyboard = focused?.matches(":focus-visible");
    arrange(this.#rows, rows.map((buttons, place) => this.#row(this.#rows.children[place], buttons)));
    this.#mark();
    if (focused && byKeyboard && !focused.isConnected) {
      this.#rows.dispatchEvent(new CustomEvent("choices-gone"));
    }
  }

  #row(standing, buttons) {
    const row = standing ?? make("div", { class: "choice-row" });
    arrange(row, buttons.map((button, place) => this.#button(row.children[place], button)));
    return row;
  }

  /** A button that stood in this place stays the same element, so that it keeps the focus while its words change. */
  #button(standing, button) {
    const kind = button.url ? "url" : button.copy ? "copy" : "data";
    const element = standing?.dataset.kind === kind ? standing : this.#fresh(kind);
    element.className = ["choice", STYLES.has(button.style) ? button.style : ""].join(" ").trim();
    element.querySelector(".label").textContent = button.text;
    if (kind === "data") element.dataset.data = button.data ?? "";
    if (kind === "copy") element.dataset.copy = button.copy;
    if (kind === "url") this.#lead(element, button.url);
    return element;
  }

  #lead(element, address) {
    const safe = safeAddress(address);
    if (safe) element.setAttribute("href", safe);
    else element.removeAttribute("href");
  }

  #fresh(kind) {
    const label = make("span", { class: "label", dir: "auto" });
    const data = { testid: kind === "data" ? "choice" : `choice-${kind}`, kind };
    const outside = { target: "_blank", rel: "noopener noreferrer" };
    if (kind === "url") return make("a", { ...outside, data }, label, icon("out", "small corner"));
    const element = make("button", { type: "button", data }, label);
    if (kind === "copy") element.append(icon("copy", "small corner"));
    const act = kind === "copy" ? () => copyText(element.dataset.copy) : () => this.#press(element.dataset.data);
    element.addEventListener("click", act);
    return element;
  }

  #press(data) {
    if (this.#pending.has(data)) return;
    this.#pending.add(data);
    this.#mark();
    this.#tap(data, () => {
      this.#pending.delete(data);
      this.#mark();
    });
  }

  #mark() {
    for (const button of this.#rows.querySelectorAll('[data-kind="data"]')) {
      const waiting = this.#pending.has(button.dataset.data);
      button.classList.toggle("pending", waiting);
      if (waiting) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }
}
