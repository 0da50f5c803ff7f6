// A button with a list of acts: arrows walk it, Escape closes it, and the focus goes back where it came from.

import { icon, make } from "./dom.js";

export class Menu {
  #button;
  #panel;
  #fill;

  /** `fill` gives the items when it opens: `{icon | mark, label, act, checked?, testid?}`, or "line" between groups. */
  constructor(button, panel, fill) {
    this.#button = button;
    this.#panel = panel;
    this.#fill = fill;
    button.addEventListener("click", () => (panel.hidden ? this.open() : this.close()));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      this.open();
    });
    panel.addEventListener("keydown", (event) => this.#walk(event));
    document.addEventListener("pointerdown", (event) => {
      if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) this.#hide();
    });
    panel.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !panel.contains(event.relatedTarget) && event.relatedTarget !== button) this.#hide();
    });
  }

  async open() {
    const items = await this.#fill();
    this.#panel.replaceChildren(...items.map((item) => (item === "line" ? make("hr", {}) : this.#item(item))));
    this.#panel.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#items()[0]?.focus();
  }

  close() {
    this.#hide();
    this.#button.focus();
  }

  #hide() {
    this.#panel.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
  }

  #items() {
    return [...this.#panel.querySelectorAll("button")];
  }

  #item({ icon: picture, mark, label, act, checked, testid }) {
    const role = checked === undefined ? "menuitem" : "menuitemradio";
    const sign = mark ? make("span", { class: "initial", "aria-hidden": "true" }, mark) : icon(picture);
    const words = make("span", {}, label);
    const tick = checked ? icon("check", "small") : null;
    const data = testid ? { testid } : {};
    const button = make("button", { type: "button", role, tabindex: -1, data }, sign, words, tick);
    if (checked !== undefined) button.setAttribute("aria-checked", String(checked));
    button.addEventListener("click", () => {
      this.close();
      act();
    });
    return button;
  }

  #walk(event) {
    const items = this.#items();
    const at = items.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      items.at(steps[event.key] % items.length)?.focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab") {
      this.#hide();
    }
  }
}
