// Elements without markup strings: text stays text, whatever it holds.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = "/playground/page/icons.svg#";

/** The element with this id; it stands in index.html. */
export const byId = (id) => document.getElementById(id);

/**
 * A new element. `options` are attributes, but for `data` (a map for dataset) and `on` (a map of listeners).
 * An attribute that is null, undefined or false is left out; true makes it an empty one.
 */
export function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "data") Object.assign(element.dataset, value);
    else if (name === "on") Object.entries(value).forEach(([event, act]) => element.addEventListener(event, act));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** One picture of icons.svg; decoration only, so its button carries the label. */
export function icon(name, size = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${size}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", ICONS + name);
  svg.append(use);
  return svg;
}

/** Gives `parent` exactly these children in this order. What stands right is not moved, so it keeps the focus. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, place) => {
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
  });
}

/** The address if a link or picture may lead there, else null: http, https, or a path of this very server. */
export function safeAddress(address) {
  try {
    const url = new URL(String(address), location.origin);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Whether the person asked for less motion. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
