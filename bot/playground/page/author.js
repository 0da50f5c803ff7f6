// The author's panel: where the talk stands in the book, what its slots hold, and what is wrong with the last save.
// The server tells, with `where(person)`:
//   {revision, findings: [{file, line, column, code, severity, message}],
//    talk: {dialogue, title, node, box, been: [box], stack: [{dialogue, node}], says: [text], asks, choices: [label],
//           nodes: [{id, text, here}]} or null,
//    slots: [{of, name, value}]}

import * as api from "./api.js";
import { byId, make } from "./dom.js";
import { BookMap } from "./book_map.js";

const SETTLES = 120;
const REMEMBERED = "author-panel";
const wide = matchMedia("(min-width: 1080px)");

export class AuthorPanel {
  #person = null;
  #asked = 0;
  #timer = 0;
  #findings = "";
  #map = new BookMap(byId("author-map"), byId("author-nodes"), byId("author-no-map"));
  #panel = byId("author");
  #toggle = byId("author-toggle");

  /** Shows the panel and its button, for who writes the book. */
  constructor() {
    this.#toggle.hidden = false;
    this.#toggle.addEventListener("click", () => (this.#panel.hidden ? this.#open(true) : this.#close()));
    byId("author-close").addEventListener("click", () => this.#close());
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#close();
    });
    if (wide.matches && remembered() !== "closed") this.#open(false);
  }

  follow(person) {
    this.#person = person;
    this.#map.forget();
    this.look();
  }

  /** Asks where the talk stands, a moment after the last of several calls. */
  look() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), SETTLES);
  }

  async #look() {
    if (this.#person === null) return;
    const asked = (this.#asked += 1);
    try {
      const where = await api.where(this.#person.id);
      if (asked !== this.#asked) return;
      this.#showFindings(where.findings);
      this.#showTalk(where.talk);
      this.#showSlots(where.slots);
      if (where.talk) await this.#map.show(where.talk, where.revision);
      else this.#map.empty();
    } catch {
      // The feed says that the server is away, and whatever comes next brings us here again.
    }
  }

  #showFindings(findings) {
    const told = JSON.stringify(findings);
    if (told === this.#findings) return;
    this.#findings = told;
    const section = byId("findings");
    section.hidden = findings.length === 0;
    const many = findings.length === 1 ? "one thing is wrong" : `${findings.length} things are wrong`;
    const words = findings.length ? `Not taken up: ${many}. The talk goes on as before.` : "";
    for (const place of [byId("findings-title"), byId("author-trouble")]) place.textContent = words;
    byId("author-trouble").hidden = findings.length === 0;
    byId("findings-list").replaceChildren(...findings.map(finding));
  }

  #showTalk(talk) {
    const stack = talk ? talk.stack : [];
    const steps = stack.map(({ dialogue, node }, at) => {
      const last = at === stack.length - 1;
      return make("li", last ? { "aria-current": "location" } : {}, make("span", {}, dialogue), make("b", {}, node));
    });
    byId("author-place").replaceChildren(...steps);
    byId("author-rest").hidden = talk !== null;
    const says = talk ? talk.says.map((words) => make("p", { dir: "auto" }, words)) : [];
    const choices = talk?.choices.length ? [make("ul", { class: "author-choices" }, ...talk.choices.map(item))] : [];
    const asks = talk?.asks ? [make("p", { class: "author-asks" }, `asks for ${talk.asks}`)] : [];
    byId("author-words").replaceChildren(...says, ...asks, ...choices);
    byId("author-here").hidden = talk === null;
  }

  #showSlots(slots) {
    const groups = new Map();
    for (const slot of slots) groups.set(slot.of, [...(groups.get(slot.of) ?? []), slot]);
    byId("author-slots").replaceChildren(...[...groups].map(([of, held]) => table(of, held)));
  }

  #open(byHand) {
    this.#panel.hidden = false;
    this.#toggle.setAttribute("aria-expanded", "true");
    document.body.classList.add("authoring");
    if (byHand) {
      remember("open");
      byId("author-title").focus();
    }
    this.#map.center();
  }

  #close() {
    this.#panel.hidden = true;
    this.#toggle.setAttribute("aria-expanded", "false");
    document.body.classList.remove("authoring");
    remember("closed");
    this.#toggle.focus();
  }
}

const OWNERS = { person: "The person's own", pair: "Of the tie with the other one" };

const item = (words) => make("li", { dir: "auto" }, words);

function finding({ file, line, column, code, message }) {
  const place = file ? `${file}:${line}:${column}` : "";
  return make("li", {}, make("code", { class: "finding-place" }, place), make("span", {}, message), make("small", {}, code));
}

function table(of, held) {
  const rows = held.map(({ name, value }) =>
    make("tr", { data: { slot: name } }, make("th", { scope: "row" }, name), make("td", { dir: "auto" }, ...shown(value))),
  );
  return make("table", {}, make("caption", {}, OWNERS[of] ?? of), make("tbody", {}, ...rows));
}

function shown(value) {
  if (value === null || value === "") return [make("i", {}, "empty")];
  return [Array.isArray(value) ? value.join(", ") || make("i", {}, "none") : String(value)];
}

function remember(state) {
  try {
    localStorage.setItem(REMEMBERED, state);
  } catch {
    // It then opens as it does on a first visit.
  }
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}
