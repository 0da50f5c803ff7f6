// Puts the page together: one person, one talk, one clock.

import { state } from "./api.js";
import { AuthorPanel } from "./author.js";
import { ClockBar } from "./clock_bar.js";
import { CommandList } from "./commands.js";
import { Composer } from "./composer.js";
import { byId, make } from "./dom.js";
import { Feed } from "./feed.js";
import { People } from "./people.js";
import { TalkLog } from "./talk_log.js";
import { tapAndHear } from "./taps.js";

const LONGEST_PAUSE = 4000;
const canHover = matchMedia("(hover: hover)");

const people = new People((person) => enter(person));
const clock = new ClockBar();
const composer = new Composer({ person: () => people.current, lastOwnWords: () => talkLog.lastOwnWords() });
const commands = new CommandList((text) => composer.send(text));
const talkLog = new TalkLog({
  edit: (message) => composer.edit(message),
  leave: () => composer.focus(),
  tap: (message, data, done) => tapAndHear(people.current.id, message.id, data).then(done),
});
const feed = new Feed({ hear, losing: showOffline });
composer.listenTo(commands);

let author = null;
let typing = false;
let offline = false;

function enter(person) {
  suggest([]);
  talkLog.clear();
  composer.reset();
  commands.know([]);
  byId("welcome").hidden = true;
  feed.follow(person);
  clock.look();
  author?.follow(person);
}

function hear(talk, first) {
  clock.hear(talk.now);
  clock.soon();
  commands.know(talk.commands ?? []);
  typing = Boolean(talk.typing);
  byId("typing").hidden = !typing;
  byId("draft").hidden = !talk.draft;
  byId("draft").textContent = talk.draft ?? "";
  suggest(talk.keyboard ?? []);
  people.blocked = Boolean(talk.blocked);
  byId("blocked").hidden = !people.blocked;
  byId("composer-form").hidden = people.blocked;
  talkLog.show(talk.messages, talk.now, first);
  showPresence();
  welcome(talk.messages.length === 0);
  author?.look();
}

/** The bot's reply keyboard: words that one may say instead of typing them. */
function suggest(rows) {
  const panel = byId("reply-keyboard");
  if (panel.dataset.rows === JSON.stringify(rows)) return;
  panel.dataset.rows = JSON.stringify(rows);
  panel.hidden = rows.length === 0;
  const say = (words) => ({ click: () => composer.send(words) });
  const button = (words) => make("button", { type: "button", class: "choice", on: say(words) }, words);
  panel.replaceChildren(...rows.map((row) => make("div", { class: "choice-row" }, ...row.map(button))));
}

function welcome(empty) {
  const card = byId("welcome");
  if (card.hidden === !empty) return;
  card.hidden = !empty;
  // A screen keyboard would cover half a phone, so there the focus waits for the finger.
  if (canHover.matches) (empty ? byId("start") : byId("words")).focus();
}

function know({ title, author: writes }) {
  if (writes && author === null) {
    author = new AuthorPanel();
    author.follow(people.current);
  }
  for (const place of [byId("title"), byId("welcome-title")]) place.textContent = title;
  document.title = title;
}

function showOffline(lost) {
  offline = lost;
  byId("offline").hidden = !lost;
  showPresence();
}

function showPresence() {
  const words = offline ? "waiting for the connection" : typing ? "typing…" : "online";
  const presence = byId("presence");
  if (presence.textContent !== words) presence.textContent = words;
  presence.classList.toggle("lively", !offline);
}

function watchTheme() {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const label = () => byId("theme").setAttribute("aria-label", `Switch to the ${isDark() ? "light" : "dark"} theme`);
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // It then lasts until the page is closed.
    }
    label();
  });
  dark.addEventListener("change", label);
  label();
}

async function arrive() {
  for (let pause = 400; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      await people.arrive();
      return know(await state());
    } catch {
      showOffline(true);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

watchTheme();
byId("unblock").addEventListener("click", () => people.block(false));
arrive();
