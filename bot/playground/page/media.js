// Everything in a bubble that is not words: pictures, files, and the stand-ins for what a person only pretends to send.

import { icon, make, safeAddress } from "./dom.js";
import { showPicture } from "./notices.js";

const LABELS = {
  photo: "Photo", video: "Video", voice: "Voice message", sticker: "Sticker",
  document: "Document", location: "Location", contact: "Contact", poll: "Poll",
};
const WAVE = [5, 9, 14, 8, 17, 20, 12, 7, 15, 21, 18, 10, 6, 13, 19, 11, 8, 16, 9, 5, 11, 7];

/** The element for a message's picture or file, or null for a message of words. */
export function mediaOf({ kind, file, caption, from }) {
  if (!kind || kind === "text") return null;
  const address = file ? safeAddress(file.url) : null;
  // What the person attaches is only pretended: there is nothing behind it worth opening.
  if (kind === "photo") return address && from === "bot" ? picture(address, caption) : scene("picture", LABELS.photo);
  if (kind === "video") return scene("video", LABELS.video);
  if (kind === "voice") return voice();
  if (kind === "sticker") return make("span", { class: "sticker", role: "img", "aria-label": "Sticker" }, "🌻");
  return row(kind, file?.name ?? LABELS[kind] ?? "Attachment", from === "bot" ? address : null);
}

function picture(address, caption) {
  const description = caption || "Picture from the coach";
  const image = make("img", { src: address, alt: description, loading: "lazy" });
  const label = `Open the picture: ${description}`;
  const open = make("button", { type: "button", class: "picture", "aria-label": label }, image);
  open.addEventListener("click", () => showPicture(address, description));
  return open;
}

function scene(name, label) {
  return make("div", { class: `scene ${name}`, role: "img", "aria-label": label }, icon(name));
}

function voice() {
  const wave = make("span", { class: "wave", "aria-hidden": "true" });
  for (const height of WAVE) {
    const bar = make("i");
    bar.style.height = `${height}px`;
    wave.append(bar);
  }
  const length = make("small", {}, "0:07");
  const label = "Voice message, 7 seconds";
  return make("div", { class: "file voice", role: "img", "aria-label": label }, badge("voice"), wave, length);
}

function row(kind, name, address) {
  const sign = badge(LABELS[kind] ? kind : "document");
  const note = address ? "Save" : "Only pretended";
  const words = make("span", { class: "file-words" }, make("b", {}, name), make("small", {}, note));
  if (!address) return make("div", { class: "file" }, sign, words);
  return make("a", { class: "file", href: address, download: name, rel: "noopener noreferrer" }, sign, words);
}

const badge = (name) => make("span", { class: "badge" }, icon(name));
