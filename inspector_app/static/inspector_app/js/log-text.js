// What is done to the text of a row: matches are marked, places in the project become links.
import { element } from "./element.js";
import { placeTitle } from "./places.js";

// What Python prints of a frame.
const LIBRARY = /[/\\](site-packages|dist-packages|lib(64)?[/\\]python3[^/\\]*)[/\\]/;
const PLACE = /File "([^"<>]+)", line (\d+)/g;

export function wantedText(text, matchCase) {
  if (!text) return null;
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(escaped, matchCase ? "gu" : "giu");
}

// Wraps every match, also one that runs through several colours; returns whether there was one.
export function highlight(node, wanted) {
  const found = [...node.textContent.matchAll(wanted)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  if (!found.length) return false;
  let offset = 0;
  for (const text of textsIn(node)) {
    const start = offset;
    offset += text.length;
    const inside = found
      .map(({ from, to }) => [Math.max(from - start, 0), Math.min(to - start, text.length)])
      .filter(([from, to]) => from < to);
    wrap(text, inside, (part) => element("mark", "", part));
  }
  return true;
}

export function linkPlaces(node, root) {
  for (const text of textsIn(node)) {
    const found = [...text.data.matchAll(PLACE)].filter(([, path]) => isOurs(path, root));
    const ranges = found.map((match) => [match.index, match.index + match[0].length]);
    let at = 0;
    wrap(text, ranges, (part) => {
      const [, path, line] = found[at];
      at += 1;
      // A button would not wrap as text does.
      const made = element("a", "place", part);
      made.href = "#";
      made.title = placeTitle();
      Object.assign(made.dataset, { action: "place", path, line });
      return made;
    });
  }
}

// The engine decides; this only keeps buttons off places that it is bound to refuse.
function isOurs(path, root) {
  if (path.startsWith(`${root.replace(/\/$/, "")}/`)) return true;
  return LIBRARY.test(path) || !/^([/\\]|[A-Za-z]:)/.test(path);
}

function textsIn(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts;
}

function wrap(text, ranges, make) {
  if (!ranges.length) return;
  const { data } = text;
  const parts = [];
  let end = 0;
  for (const [from, to] of ranges) {
    if (from > end) parts.push(data.slice(end, from));
    parts.push(make(data.slice(from, to)));
    end = to;
  }
  parts.push(data.slice(end));
  text.replaceWith(...parts);
}
