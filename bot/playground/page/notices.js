// What the page itself has to say: a passing word, or one that waits for an answer.

import { byId, make } from "./dom.js";

const SHOWN_FOR = 3500;
const PER_LETTER = 45;

/** A short word above the composer; longer words stay longer. Screen readers hear it. */
export function toast(words) {
  const note = make("p", { class: "toast", data: { testid: "toast" } }, words);
  const toasts = byId("toasts");
  toasts.append(note);
  while (toasts.children.length > 3) toasts.firstElementChild.remove();
  setTimeout(() => note.remove(), SHOWN_FOR + words.length * PER_LETTER);
}

/** A word that must be seen: a dialog with one button. */
export function alertDialog(words) {
  const dialog = byId("alert");
  byId("alert-words").textContent = words;
  if (!dialog.open) dialog.showModal();
}

/** Shows a picture large. */
export function showPicture(address, description) {
  const image = byId("picture-image");
  image.src = address;
  image.alt = description;
  const dialog = byId("picture");
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(), { once: true });
  dialog.showModal();
}

/** Puts words on the clipboard, and says whether that worked. */
export async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
    toast("Copied");
  } catch {
    toast("This browser does not let the page copy. Select the words instead.");
  }
}
