// The Models page: search, links that select, buttons of the diagram, and a newer scan.
import { showProblem } from "../alerts.js";
import { listenToSearch } from "./find.js";
import "./model-map.js";
import { keepSelected } from "./selection.js";

const map = () => document.getElementById("model-map");
const table = () => document.getElementById("models-table");

function select(label) {
  if (map()) return map().show(label);
  const row = document.getElementById(`row-${label}`);
  if (!row || !table()) return false;
  table().querySelector("[aria-selected]")?.removeAttribute("aria-selected");
  row.ariaSelected = "true";
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("a").focus();
  keepSelected(label);
  return true;
}

document.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-box]");
  if (link && select(link.dataset.box)) event.preventDefault();
  const button = event.target.closest("button[data-map]");
  if (!button || !map()) return;
  button.closest("[popover]")?.hidePopover();
  try {
    await map().act(button.dataset.map);
  } catch (error) {
    showProblem({ message: "That did not work.", hint: String(error.message ?? error) });
  }
});

const field = document.getElementById("models-find");
if (field) {
  listenToSearch(field, document.getElementById("models-found"), ({ box, href }) => {
    if (!select(box)) location.assign(href);
  });
}

// Whoever sorts or narrows by the keyboard goes on from the same link of the page that comes.
const KEPT = "models-link";
const links = ".maptools a, #models-table th a";
document.addEventListener("click", ({ target, detail }) => {
  const link = detail === 0 && target.closest(links);
  if (link) sessionStorage.setItem(KEPT, link.textContent);
});
const kept = sessionStorage.getItem(KEPT);
sessionStorage.removeItem(KEPT);
[...document.querySelectorAll(links)].find((one) => one.textContent === kept)?.focus();

document.querySelector("#models-table [aria-selected]")?.scrollIntoView({ block: "center" });

// A newer scan was read: the same view of it.
document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.id === "models-scan") location.reload();
});
