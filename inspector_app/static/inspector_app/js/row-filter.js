// A toolbar that leaves of a table or tree what fits it: words in the text of a row, and choices
// that its data names. The engine hides the same rows when the page is read (sections/words.py).
import { keepInQuery } from "./query.js";

const MARKED_MOST = 400;
const form = document.querySelector("[data-filter-rows]");
const list = () => document.getElementById(form.dataset.filterRows);
const texts = new WeakMap();

function textOf(row) {
  if (!texts.has(row)) texts.set(row, `${row.textContent} ${row.dataset.text ?? ""}`.toLowerCase());
  return texts.get(row);
}

function asked() {
  const { q = "", ...choices } = Object.fromEntries(new FormData(form));
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return { q, words, choices: Object.entries(choices).filter(([, value]) => value) };
}

function apply() {
  const { words, choices } = asked();
  const rows = [...list().querySelectorAll("[data-row]")];
  const shown = rows.filter((row) => {
    const fits =
      choices.every(([name, value]) => row.dataset[name]?.split(" ").includes(value)) &&
      words.every((word) => textOf(row).includes(word));
    row.hidden = !fits;
    return fits;
  });
  for (const group of list().querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("[data-row]:not([hidden])");
    const fold = group.querySelector(":scope > details");
    if (fold && words.length && !group.hidden) fold.open = true;
  }
  const none = list().querySelector("[data-none]");
  if (none) none.hidden = shown.length > 0;
  const count = form.querySelector("[data-count]");
  const filters = words.length || choices.length;
  const number = (value) => value.toLocaleString("en");
  if (count) count.textContent = filters ? `${number(shown.length)} of ${number(rows.length)}` : "";
  mark(words, shown);
}

// Without a change to the rows: what is marked needs no elements.
function mark(words, rows) {
  if (!globalThis.Highlight) return;
  const ranges = [];
  for (const row of words.length ? rows.slice(0, MARKED_MOST) : []) {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) ranges.push(...found(walker.currentNode, words));
  }
  CSS.highlights.set("filter", new Highlight(...ranges));
}

function* found(node, words) {
  const text = node.data.toLowerCase();
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + word.length);
      yield range;
    }
  }
}

function remember() {
  const values = Object.fromEntries(new FormData(form));
  keepInQuery({ ...values, q: values.q.trim() });
}

form.addEventListener("input", () => {
  apply();
  remember();
});
form.addEventListener("submit", (event) => event.preventDefault());

// A new scan brings new rows; until then a page that follows the engine leaves them alone.
document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  const { id, dataset } = detail.elt;
  if (id === "section-scan" && dataset.scan !== list()?.dataset.scan) {
    list()?.dispatchEvent(new Event("djdesk:rescanned"));
  }
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === form.dataset.filterRows || detail.target?.matches("[data-list]")) apply();
});

mark(asked().words, [...list().querySelectorAll("[data-row]:not([hidden])")]);
