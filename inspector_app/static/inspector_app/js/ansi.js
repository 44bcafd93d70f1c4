// Text with terminal colours as elements with classes. What else a terminal can do is left out.
import { element } from "./element.js";

const COLOURS = ["dim", "red", "green", "yellow", "blue", "magenta", "cyan", null];
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one
const SEQUENCE = /\u001b(?:\[([0-9;?]*)([A-Za-z])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/g;

export function coloured(text) {
  if (!text.includes("\u001b")) return [visible(text)];
  const parts = [];
  let style = new Set();
  let from = 0;
  for (const match of text.matchAll(SEQUENCE)) {
    add(parts, text.slice(from, match.index), style);
    if (match[2] === "m") style = restyled(style, match[1]);
    from = match.index + match[0].length;
  }
  add(parts, text.slice(from), style);
  return parts;
}

function add(parts, text, style) {
  if (!text) return;
  parts.push(style.size ? element("span", [...style].join(" "), visible(text)) : visible(text));
}

function restyled(style, codes) {
  const next = new Set(style);
  for (const code of codes.split(";").map(Number)) {
    if (code === 0) next.clear();
    else if (code === 1) next.add("a-bold");
    else if (code === 2) next.add("a-dim");
    else if (code === 22) next.delete("a-bold");
    else if ((code >= 30 && code <= 39) || (code >= 90 && code <= 97)) recolour(next, code);
  }
  return next;
}

function recolour(style, code) {
  for (const colour of COLOURS) style.delete(`a-${colour}`);
  const colour = COLOURS[code % 10];
  if (colour) style.add(`a-${colour}`);
}

function visible(text) {
  // What would turn the order of letters shows itself instead.
  return text.replaceAll("\0", "␀").replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}
