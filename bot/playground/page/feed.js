// Follows one person's chat for as long as it is shown, through every loss of the server.

import { chat, newPerson, Refused } from "./api.js";

const WAIT = 25;
const PATIENCE = (WAIT + 15) * 1000;
const SHORTEST_PAUSE = 400;
const LONGEST_PAUSE = 4000;

export class Feed {
  #hear;
  #losing;
  #stop = null;
  #wake = () => {};

  /** `hear(talk, first)` gets each new state of the chat, `losing(true|false)` when the server goes and comes. */
  constructor({ hear, losing }) {
    this.#hear = hear;
    this.#losing = losing;
    addEventListener("online", () => this.#wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake());
  }

  follow(person) {
    this.#stop?.abort();
    this.#stop = new AbortController();
    this.#run(person, this.#stop.signal);
  }

  async #run(person, stop) {
    let since = 0;
    let first = true;
    let misses = 0;
    while (!stop.aborted) {
      const asked = performance.now();
      try {
        // The first question, and the first after a loss, wants the state and not news.
        const wait = first || misses > 0 ? 0 : WAIT;
        const talk = await chat(person.id, since, wait, AbortSignal.any([stop, AbortSignal.timeout(PATIENCE)]));
        if (stop.aborted) return;
        this.#losing(false);
        const news = first || misses > 0 || talk.seq !== since;
        // Told even without news: typing ends by time alone.
        this.#hear(talk, first);
        since = talk.seq;
        first = false;
        misses = 0;
        // A server that answers at once without news must not be asked a thousand times a second.
        if (!news && performance.now() - asked < 500) await this.#pause(500);
      } catch (fault) {
        if (stop.aborted) return;
        const forgotten = fault instanceof Refused && fault.status === 404;
        if (!(forgotten && (await this.#comeBack(person)))) this.#losing(true);
        // A server that was started anew counts from the beginning.
        since = 0;
        misses += 1;
        await this.#pause(Math.min(SHORTEST_PAUSE * 2 ** (misses - 1), LONGEST_PAUSE));
      }
    }
  }

  /** A playground that was started anew knows nobody: the same person enters again, so the coach still knows them. */
  async #comeBack(person) {
    try {
      await newPerson(person);
      return true;
    } catch {
      return false;
    }
  }

  /** Waits, but not longer than until the network or the reader is back. */
  #pause(length) {
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, length * (0.85 + Math.random() * 0.3));
    });
  }
}
