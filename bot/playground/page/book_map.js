// The map of a dialogue: the drawing with the present node marked, or a list of the nodes where nothing can draw.

import * as api from "./api.js";
import { byId, calm, make } from "./dom.js";

const PIXELS_PER_POINT = 1.12;

export class BookMap {
  #frame;
  #list;
  #excuse;
  #drawn = "";
  #here = null;

  constructor(frame, list, excuse) {
    this.#frame = frame;
    this.#list = list;
    this.#excuse = excuse;
    byId("author-whole").addEventListener("click", () => this.#fit());
    new ResizeObserver(() => this.center()).observe(frame);
  }

  forget() {
    this.#drawn = "";
  }

  empty() {
    this.forget();
    this.#here = null;
    this.#frame.replaceChildren();
    this.#list.hidden = this.#excuse.hidden = true;
    byId("author-map-part").hidden = true;
  }

  /** Draws the dialogue if it isn't there yet, and marks where the talk stands and has been. */
  async show(talk, revision) {
    byId("author-map-part").hidden = false;
    byId("author-map-title").textContent = talk.title;
    const wanted = `${revision} ${talk.dialogue}`;
    if (this.#drawn !== wanted) {
      await this.#draw(talk);
      this.#drawn = wanted;
    }
    this.#name(talk);
    this.#mark(talk);
  }

  async #draw(talk) {
    try {
      const svg = drawing(await api.picture(talk.dialogue));
      this.#frame.replaceChildren(svg);
      this.#frame.hidden = byId("author-whole").hidden = false;
      this.#list.hidden = this.#excuse.hidden = true;
    } catch (fault) {
      this.#frame.replaceChildren();
      this.#frame.hidden = byId("author-whole").hidden = true;
      this.#list.hidden = this.#excuse.hidden = false;
      this.#excuse.textContent = fault.message;
    }
  }

  #name(talk) {
    this.#frame.setAttribute("aria-label", `Map of ${talk.title}; the talk stands at ${talk.node}`);
    if (this.#list.hidden) return;
    const nodes = talk.nodes.map(({ id, text, here }) =>
      make("li", here ? { "aria-current": "location" } : {}, make("b", {}, id), make("span", { dir: "auto" }, text)),
    );
    this.#list.replaceChildren(...nodes);
    this.#list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  #mark(talk) {
    for (const marked of this.#frame.querySelectorAll(".here, .been")) marked.classList.remove("here", "been");
    const box = (id) => this.#frame.querySelector(`#${CSS.escape(id)}`);
    for (const id of talk.been) box(id)?.classList.add("been");
    const here = box(talk.box);
    here?.classList.add("here");
    const moved = here !== this.#here;
    this.#here = here;
    if (moved) this.center();
  }

  /** Brings the present node into the middle. */
  center() {
    if (this.#here === null || this.#frame.clientHeight === 0) return;
    const frame = this.#frame.getBoundingClientRect();
    const box = this.#here.getBoundingClientRect();
    this.#frame.scrollBy({
      left: box.left + box.width / 2 - frame.left - frame.width / 2,
      top: box.top + box.height / 2 - frame.top - frame.height / 2,
      behavior: calm() ? "auto" : "smooth",
    });
  }

  #fit() {
    const whole = this.#frame.classList.toggle("whole");
    byId("author-whole").setAttribute("aria-pressed", String(whole));
    if (!whole) this.center();
  }
}

function drawing(text) {
  const read = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (read.localName !== "svg") throw new Error("The map can't be read.");
  const svg = document.importNode(read, true);
  const [width, height] = ["width", "height"].map((side) => parseFloat(svg.getAttribute(side)) * PIXELS_PER_POINT);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("aria-hidden", "true");
  return svg;
}
