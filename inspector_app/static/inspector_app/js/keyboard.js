// One registry of commands: what a key does, under which name. Menus and a palette read it too.

import { showProblem } from "./alerts.js";
import { post } from "./api.js";

const press = (selector) => () => document.querySelector(selector)?.click();
const panel = () => document.querySelector("run-panel");

export const commands = [
  { id: "open", title: "Open folder", key: "o", mod: true, run: openFolder },
  { id: "rescan", title: "Rescan", key: "r", mod: true, run: press('[data-key="rescan"]') },
  { id: "panel", title: "Toggle run panel", key: "j", mod: true, run: () => panel()?.toggle() },
  { id: "sidebar", title: "Toggle sidebar", key: "b", mod: true, run: toggleSidebar },
  { id: "filter", title: "Focus the filter", key: "f", mod: true, run: focusFilter },
  { id: "stop", title: "Stop the running command", key: ".", mod: true, run: stop },
  { id: "submit", title: "Run", key: "Enter", mod: true, run: submit },
  { id: "regions", title: "Next region", key: "F6", run: nextRegion },
  { id: "docs", title: "Docs", key: "F1", run: () => location.assign("/docs/") },
  ...[1, 2, 3].map((number) => ({
    id: `section-${number}`,
    title: `Go to section ${number}`,
    key: String(number),
    mod: true,
    run: () => document.querySelectorAll("#nav a")[number - 1]?.click(),
  })),
];

async function openFolder() {
  const field = document.querySelector('[data-form="open"] input');
  if (field) {
    field.focus();
    return;
  }
  try {
    await post("/api/host/pick-folder/");
  } catch (error) {
    if (error.code === "no_window") location.assign("/");
    else showProblem(error);
  }
}

function toggleSidebar() {
  const sidebar = document.querySelector(".sidebar");
  if (!sidebar) return;
  sidebar.hidden = !sidebar.hidden;
  document.body.classList.toggle("nosidebar", sidebar.hidden);
}

function focusFilter() {
  document.querySelector('[data-key="filter"]')?.focus();
}

function stop() {
  (document.querySelector('[data-key="stop"]') ?? document.querySelector("[data-stop]"))?.click();
}

function submit() {
  const form = document.querySelector('[data-form="command"]');
  if (form) form.requestSubmit(form.querySelector('[type="submit"]'));
  else document.querySelector('[data-key="submit"]')?.click();
}

function nextRegion() {
  const regions = [...document.querySelectorAll("[data-region]")].filter((one) => !one.hidden);
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  regions[(at + 1) % regions.length]?.focus();
}

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("[data-filter]")) {
    event.target.value = "";
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  if (event.key === "/" && !typing(event.target)) {
    event.preventDefault();
    focusFilter();
    return;
  }
  const mod = event.ctrlKey || event.metaKey;
  const found = commands.find(
    (command) => command.key === event.key && Boolean(command.mod) === mod && !event.altKey,
  );
  if (!found) return;
  event.preventDefault();
  found.run();
});
