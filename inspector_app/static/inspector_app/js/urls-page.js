// URLs: a chosen pattern's detail, and the path that was asked for, stand in the address.
import { inQuery, keepInQuery } from "./query.js";

const page = document.getElementById("urls-page");
const rows = () => document.getElementById("rows");

// The row of the pattern that the address names.
function mark() {
  for (const row of rows().querySelectorAll("[aria-current]")) row.ariaCurrent = null;
  const number = inQuery("url");
  const link = rows().querySelector(`a[href="?url=${CSS.escape(number)}"]`);
  const row = link?.closest("tr, .leaf");
  if (row) row.ariaCurrent = "true";
  return row;
}

function choose(link) {
  const number = new URL(link.href).searchParams.get("url");
  keepInQuery({ url: number });
  const row = mark();
  if (!rows().contains(link)) row?.scrollIntoView({ block: "nearest" });
  htmx.ajax("GET", `${location.pathname}detail/?url=${number}`, {
    target: "#detail",
    swap: "innerHTML",
  });
}

page.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-url]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(link);
});

page.addEventListener("submit", ({ target }) => {
  const name = target.dataset.keeps;
  if (name) keepInQuery({ [name]: target.elements[name].value.trim() });
});

// The rows below what is in sight are asked for when that has been painted: to make them and to lay
// them out takes longer than all before.
function askForRest() {
  const ask = () => {
    const rest = rows().querySelector("[data-rest]");
    if (rest) htmx.trigger(rest, "djdesk:painted");
  };
  requestAnimationFrame(() => requestAnimationFrame(ask));
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (rows().contains(detail.target)) mark();
  askForRest();
});

mark();
askForRest();
