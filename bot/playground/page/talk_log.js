// The talk as it stands: days, runs of bubbles, and where the reader is in it.

import { Bubble } from "./bubble.js";
import { dayKey, dayTitle } from "./days.js";
import { arrange, byId, calm, make } from "./dom.js";

const RUN_OF_ONE_SIDE = 5 * 60;
const NEAR_THE_END = 60;
const REST = 1200;

export class TalkLog {
  #log = byId("log");
  #scroller = byId("scroller");
  #pill = byId("newer");
  #acts;
  #bubbles = new Map();
  #days = new Map();
  #atEnd = true;
  #unread = 0;
  #resting = 0;
  #top = 0;

  /** `acts`: what a bubble can do, and `leave()`, called when the reader leaves the log with Escape. */
  constructor(acts) {
    this.#acts = acts;
    this.#scroller.addEventListener("scroll", () => this.#noticePlace(), { passive: true });
    this.#pill.addEventListener("click", () => {
      this.toEnd(!calm());
      this.#acts.leave();
    });
    this.#log.addEventListener("keydown", (event) => this.#walk(event));
    this.#log.addEventListener("focusin", (event) => this.#makeCurrent(event.target.closest(".message")));
    const watch = new ResizeObserver(() => this.#atEnd && this.toEnd());
    watch.observe(this.#scroller);
    watch.observe(this.#log);
    watch.observe(byId("typing"));
  }

  clear() {
    this.#bubbles.clear();
    this.#days.clear();
    this.#log.replaceChildren();
    this.#log.setAttribute("aria-busy", "true");
    this.#setUnread(0);
    this.#atEnd = true;
  }

  /** The person's newest message of words, or null. */
  lastOwnWords() {
    const own = [...this.#bubbles.values()].map((bubble) => bubble.message);
    return own.findLast(({ from, kind, text }) => from === "person" && (!kind || kind === "text") && text) ?? null;
  }

  /** Shows these messages and no others. `first`: they are history, not news. */
  show(messages, now, first) {
    const present = messages.filter((message) => !message.deleted);
    const arrived = present.filter((message) => !this.#bubbles.has(message.id));
    this.#forgetOthers(present);
    const days = new Map();
    present.forEach((message, place) => {
      const element = this.#bubble(message, present[place - 1], present[place + 1], first);
      const key = dayKey(message.date);
      days.set(key, [...(days.get(key) ?? []), element]);
    });
    arrange(this.#log, [...days].map(([key, elements]) => this.#day(key, elements, now)));
    this.#log.setAttribute("aria-busy", "false");
    if (!this.#log.contains(document.activeElement)) this.#makeCurrent(this.#elements().at(-1));
    this.#follow(arrived, first);
  }

  #forgetOthers(present) {
    const ids = new Set(present.map((message) => message.id));
    for (const id of [...this.#bubbles.keys()]) if (!ids.has(id)) this.#bubbles.delete(id);
  }

  #bubble(message, before, after, first) {
    let bubble = this.#bubbles.get(message.id);
    if (!bubble) {
      bubble = new Bubble(message, this.#acts);
      if (!first) bubble.element.classList.add("fresh");
      this.#bubbles.set(message.id, bubble);
    }
    const original = message.reply_to ? this.#bubbles.get(message.reply_to)?.message : null;
    bubble.show(message, {
      first: !sameRun(before, message),
      last: !sameRun(message, after),
      original: original ? (original.text || original.caption || original.kind).slice(0, 120) : null,
    });
    return bubble.element;
  }

  #day(key, elements, now) {
    let section = this.#days.get(key);
    if (!section) {
      const title = make("h2", { class: "day-title", data: { testid: "day" } }, make("span"));
      section = make("section", { class: "day" }, title);
      this.#days.set(key, section);
    }
    const heading = section.firstElementChild;
    const noon = new Date(`${key}T12:00:00`) / 1000;
    const title = dayTitle(noon, now);
    if (heading.textContent !== title) heading.firstElementChild.textContent = title;
    arrange(section, [heading, ...elements]);
    return section;
  }

  #follow(arrived, first) {
    if (first || this.#atEnd || arrived.some((message) => message.from === "person")) this.toEnd();
    else this.#setUnread(this.#unread + arrived.length);
  }

  toEnd(smoothly = false) {
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
  }

  #noticePlace() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    // Only the reader scrolls up; a view that shrinks (a screen keyboard, a taller composer) is no reason to let go.
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END) this.#atEnd = true;
    else if (scrollTop < this.#top) this.#atEnd = false;
    this.#top = scrollTop;
    this.#setUnread(this.#atEnd ? 0 : this.#unread);
    this.#scroller.classList.toggle("moving", !this.#atEnd);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#scroller.classList.remove("moving"), REST);
  }

  #setUnread(count) {
    this.#unread = count;
    this.#pill.hidden = this.#atEnd;
    this.#pill.classList.toggle("news", count > 0);
    const news = count === 1 ? "1 new message" : `${count} new messages`;
    byId("newer-words").textContent = count === 0 ? "To the end" : news;
  }

  #elements() {
    return [...this.#log.querySelectorAll(".message")];
  }

  #current() {
    return this.#log.querySelector('.message[tabindex="0"]');
  }

  /** One message is in the tab order, and its quiet act with it: a long talk costs two tab stops, not two hundred. */
  #makeCurrent(message) {
    if (!message) return;
    const before = this.#current();
    for (const [element, stop] of [[before, -1], [message, 0]]) {
      if (!element) continue;
      element.tabIndex = stop;
      const quiet = element.querySelector(".quiet");
      if (quiet) quiet.tabIndex = stop;
    }
  }

  #walk(event) {
    if (event.key === "Escape") return this.#acts.leave();
    const messages = this.#elements();
    const at = messages.indexOf(event.target);
    const steps = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    messages[steps[event.key]]?.focus();
    messages[steps[event.key]]?.scrollIntoView({ block: "nearest" });
  }
}

const sameRun = (one, next) =>
  Boolean(one && next) && one.from === next.from && dayKey(one.date) === dayKey(next.date) &&
  Math.abs(next.date - one.date) < RUN_OF_ONE_SIDE;
