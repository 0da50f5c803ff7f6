// The virtual clock: shows it, and lets weeks pass in a minute.

import * as api from "./api.js";
import { ahead, moment } from "./days.js";
import { byId } from "./dom.js";
import { toast } from "./notices.js";

const LOOK_AGAIN = 5000;
const SETTLES = 300;
const NOTHING_PLANNED = "No nudge planned";

export class ClockBar {
  #offset = 0;
  #nudge = null;
  #looking = 0;
  #label = byId("clock");
  #skip = byId("skip-nudge");

  constructor() {
    this.#button(this.#skip, { skip: "nudge" });
    this.#button(byId("plus-hour"), { add: 3600 });
    this.#button(byId("plus-day"), { add: 86400 });
    setInterval(() => this.#paint(), 1000);
    setInterval(() => document.hidden || this.look(), LOOK_AGAIN);
  }

  /** Seconds since 1970 on the virtual clock. */
  now() {
    return Date.now() / 1000 + this.#offset;
  }

  /** Takes over the time that the server just told. */
  hear(now) {
    this.#offset = now - Date.now() / 1000;
    this.#paint();
  }

  /** Asks what is planned, a moment after the last of several calls. */
  soon() {
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => this.look(), SETTLES);
  }

  async look() {
    try {
      this.#take(await api.clock());
    } catch {
      // The feed says that the server is away; the clock runs on meanwhile.
    }
  }

  #take({ now, next_nudge: nudge }) {
    this.#nudge = nudge ?? null;
    this.hear(now);
  }

  #paint() {
    const now = this.now();
    say(this.#label, moment(now));
    this.#label.dateTime = new Date(now * 1000).toISOString().slice(0, 16);
    const planned = this.#nudge !== null;
    say(byId("nudge-when"), planned ? moment(this.#nudge) : NOTHING_PLANNED);
    say(byId("nudge-ahead"), planned ? ` · ${ahead(this.#nudge, now)}` : "");
    byId("nudge-name").hidden = !planned;
    // It stays in the tab order, so that everybody can learn why it does nothing.
    if (!this.#skip.hasAttribute("aria-busy")) this.#skip.setAttribute("aria-disabled", String(!planned));
  }

  #button(button, step) {
    button.addEventListener("click", async () => {
      if (button.hasAttribute("aria-busy")) return;
      if (button.getAttribute("aria-disabled") === "true") {
        toast("Nothing is planned yet. The coach nudges once you have promised something.");
        return;
      }
      button.setAttribute("aria-busy", "true");
      await this.#move(step);
      button.removeAttribute("aria-busy");
    });
  }

  async #move(step) {
    try {
      this.#take(await api.moveClock(step));
      toast(`It is now ${moment(this.now())}`);
      this.soon();
    } catch (fault) {
      toast(fault instanceof api.Refused ? `The clock stays: ${fault.message}` : "The clock can't be reached.");
    }
  }
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
