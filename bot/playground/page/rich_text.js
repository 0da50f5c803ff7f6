// A message's HTML becomes elements by an allow-list: what is not on it gives only its text.

import { icon, make, safeAddress } from "./dom.js";
import { copyText } from "./notices.js";

const PLAIN = new Set(["b", "i", "u", "s", "code"]);
const SAME = { strong: "b", em: "i", ins: "u", del: "s", strike: "s" };
const LETTER_LENGTH = 120;
const LETTER_LINES = 3;
const FOLDED_LENGTH = 200;

/** The words as a fragment, ready to stand in a bubble. */
export function richText(html) {
  // A parsed document is inert: nothing in it loads or runs.
  const source = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html");
  const words = document.createDocumentFragment();
  words.append(...rendered(source.body));
  trimAroundBlocks(words);
  if (isBlock(words.firstChild)) words.firstChild.classList.add("opening");
  return words;
}

const rendered = (node) => [...node.childNodes].flatMap(renderNode);

function renderNode(node) {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const tag = node.localName;
  const name = SAME[tag] ?? tag;
  const inside = rendered(node);
  if (PLAIN.has(name)) return [make(name, {}, ...inside)];
  if (name === "br") return [document.createTextNode("\n")];
  if (name === "pre") return [make("pre", { tabindex: 0 }, ...inside)];
  if (name === "a") return link(node, inside);
  if (name === "tg-spoiler" || node.classList.contains("tg-spoiler")) return [spoiler(inside)];
  if (name === "blockquote") return [quote(node, inside)];
  return inside;
}

function link(node, inside) {
  const address = safeAddress(node.getAttribute("href") ?? "");
  if (!address) return inside;
  return [make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...inside)];
}

function spoiler(inside) {
  const label = "Hidden text, press to read";
  const veil = make("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": label });
  // Screen readers hear the label until the person asks for the words.
  const words = make("span", { "aria-hidden": "true" }, ...inside);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    veil.classList.add("open");
    words.removeAttribute("aria-hidden");
    for (const name of ["role", "tabindex", "aria-label"]) veil.removeAttribute(name);
    veil.removeEventListener("click", reveal);
    veil.removeEventListener("keydown", reveal);
  };
  veil.append(words);
  veil.addEventListener("click", reveal);
  veil.addEventListener("keydown", reveal);
  return veil;
}

function quote(node, inside) {
  const block = make("blockquote", {}, ...inside);
  const words = block.textContent.trim();
  if (node.hasAttribute("expandable") && words.length > FOLDED_LENGTH) return folded(block);
  const long = words.length > LETTER_LENGTH || words.split("\n").length >= LETTER_LINES;
  return long ? letter(block, words) : block;
}

/** A long quote is a keepsake: it looks like a letter, and can be taken along. */
function letter(block, words) {
  const attributes = { type: "button", class: "take", "aria-label": "Copy these words" };
  const take = make("button", { ...attributes, data: { testid: "copy-letter" } }, icon("copy", "small"), "Copy");
  take.addEventListener("click", () => copyText(words));
  return make("div", { class: "letter" }, block, take);
}

/** A quote that its author marked as expandable shows a few lines until one asks for the rest. */
function folded(block) {
  block.className = "folded";
  const more = make("button", { type: "button", class: "take", "aria-expanded": "false" }, "Show all");
  more.addEventListener("click", () => {
    const open = !block.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? "Show less" : "Show all";
  });
  return make("div", { class: "letter" }, block, more);
}

const isBlock = (node) => ["BLOCKQUOTE", "PRE", "DIV"].includes(node?.tagName);

/** A block makes its own room, so the line breaks around it would only tear the bubble open. */
function trimAroundBlocks(words) {
  for (const node of [...words.childNodes]) {
    if (node.nodeType !== Node.TEXT_NODE) continue;
    if (isBlock(node.nextSibling)) node.data = node.data.trimEnd();
    if (isBlock(node.previousSibling)) node.data = node.data.replace(/^\s+/, "");
    if (node.data === "") node.remove();
  }
}
