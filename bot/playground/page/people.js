// Who am I? The chosen person stands in the address, so that a reload, or a second tab, goes on with the same talk.

import * as api from "./api.js";
import { byId } from "./dom.js";
import { Menu } from "./menu.js";
import { toast } from "./notices.js";

const KNOWN_AS = "person-";
const MOST_LISTED = 20;

export class People {
  #current = null;
  #changed;
  #dialog = byId("newcomer");
  /** Whether the current person has blocked the coach, as the last talk told. */
  blocked = false;

  /** `changed(person)` is called whenever somebody else is chosen. */
  constructor(changed) {
    this.#changed = changed;
    new Menu(byId("people"), byId("people-menu"), () => this.#items());
    this.#dialog.addEventListener("close", () => this.#dialog.returnValue === "create" && this.#createNamed());
    byId("newcomer-cancel").addEventListener("click", () => this.#dialog.close());
    addEventListener("hashchange", () => this.#follow(idInAddress()));
  }

  get current() {
    return this.#current;
  }

  /** The person of the address, or on a first visit a new one. Fails when the server can't be reached. */
  async arrive() {
    const id = idInAddress();
    if (id === null) return this.#create({ first_name: "You", language_code: navigator.language });
    const known = (await api.people()).find((person) => person.id === id);
    return this.#become(known ?? (await api.newPerson(remembered(id))));
  }

  /** Blocks the coach, or lets it in again. */
  async block(blocked) {
    try {
      await api.block(this.#current.id, blocked);
    } catch {
      toast("The coach can't be reached.");
    }
  }

  async #follow(id) {
    if (id === null || id === this.#current?.id) return;
    try {
      await this.arrive();
    } catch {
      toast("That person can't be reached.");
    }
  }

  async #create(wishes) {
    return this.#become(await api.newPerson(wishes));
  }

  async #createNamed() {
    const first_name = byId("newcomer-name").value.trim() || "You";
    const language_code = byId("newcomer-language").value.trim() || navigator.language;
    await this.#createOrSay({ first_name, language_code });
  }

  async #createOrSay(wishes) {
    try {
      await this.#create(wishes);
    } catch (fault) {
      toast(fault instanceof api.Refused ? `Nobody new: ${fault.message}` : "The coach can't be reached.");
    }
  }

  #become(person) {
    this.#current = person;
    remember(person);
    history.replaceState(null, "", `#person=${person.id}`);
    byId("person-name").textContent = person.first_name;
    byId("person-initial").textContent = initialOf(person);
    this.#changed(person);
    return person;
  }

  async #items() {
    const known = await api.people().catch(() => [this.#current].filter(Boolean));
    const here = known.find((person) => person.id === this.#current?.id) ?? this.#current;
    const newest = known.slice(-MOST_LISTED).reverse().filter((person) => person.id !== here?.id);
    const listed = here ? [here, ...newest] : newest;
    const others = listed.map((person) => ({
      mark: initialOf(person),
      label: `${person.first_name} · ${person.id}`,
      checked: person.id === this.#current?.id,
      testid: "person",
      act: () => person.id === this.#current?.id || this.#become(person),
    }));
    return [
      { icon: "plus", label: "Another person…", testid: "new-person", act: () => this.#ask() },
      { icon: "fresh", label: "Start over as somebody new", testid: "start-over", act: () => this.#startOver() },
      this.blocked
        ? { icon: "check", label: "Let the coach in again", testid: "unblock", act: () => this.block(false) }
        : { icon: "close", label: "Block the coach", testid: "block", act: () => this.block(true) },
      "line",
      ...others,
    ];
  }

  #ask() {
    byId("newcomer-name").value = "";
    byId("newcomer-language").value = this.#current?.language_code ?? navigator.language;
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
  }

  #startOver() {
    const { first_name = "You", language_code = navigator.language } = this.#current ?? {};
    return this.#createOrSay({ first_name, language_code });
  }
}

const initialOf = (person) => [...person.first_name.trim()][0]?.toUpperCase() ?? "?";

function idInAddress() {
  const id = new URLSearchParams(location.hash.slice(1)).get("person");
  return id !== null && /^\d{1,15}$/.test(id) ? Number(id) : null;
}

function remember({ id, first_name, language_code }) {
  try {
    localStorage.setItem(KNOWN_AS + id, JSON.stringify({ id, first_name, language_code }));
  } catch {
    // Without storage a restarted server meets this person as "You": the talk goes on all the same.
  }
}

function remembered(id) {
  try {
    return JSON.parse(localStorage.getItem(KNOWN_AS + id)) ?? unnamed(id);
  } catch {
    return unnamed(id);
  }
}

const unnamed = (id) => ({ id, first_name: "You", language_code: navigator.language });
