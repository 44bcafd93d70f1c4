// One registry of commands: what a key does, under which name. Menus and a palette read it too.
// A command whose `can` is false leaves its key to the browser.
import { showProblem } from "./alerts.js";
import { post } from "./api.js";
import { nextRegion } from "./regions.js";
import { isClosed, setPart } from "./window-state.js";

const find = (selector) => document.querySelector(selector);
const panel = () => find("run-panel");
const filter = () => find('[data-key="filter"]');
const sections = () => [...document.querySelectorAll("#nav a")];
const stopper = () => find('[data-key="stop"], [data-stop]:not([hidden])');
const commandForm = () => find('[data-form="command"]');
const log = () => find("log-view[data-page]");
const submitter = () => find('[data-key="submit"]');

export const commands = [
  { id: "open", title: "Open folder", keys: "Mod+o", run: openFolder },
  command("rescan", "Rescan", "Mod+r", () => find("#rescan")),
  {
    id: "panel",
    title: "Toggle run panel",
    keys: "Mod+j",
    can: panel,
    run: () => panel().toggle(),
  },
  {
    id: "sidebar",
    title: "Toggle sidebar",
    keys: "Mod+b",
    can: () => find("#sidebar"),
    run: toggleSidebar,
  },
  {
    id: "find",
    title: "Focus the filter",
    keys: "Mod+f",
    can: filter,
    run: () => filter().focus(),
  },
  { id: "filter", title: "Focus the filter", keys: "/", can: filter, run: () => filter().focus() },
  logCommand("next-match", "Next match", "n", "next"),
  logCommand("previous-match", "Previous match", "Shift+n", "previous"),
  logCommand("first-error", "First error", "e", "error"),
  logCommand("follow", "Follow output", "f", "follow"),
  { id: "log-start", title: "Start of the output", keys: "g", can: log, run: () => log().goTo(1) },
  {
    id: "log-end",
    title: "End of the output",
    keys: "Shift+g",
    can: log,
    run: () => log().goTo(log().total),
  },
  mapCommand("map-fit", "Fit the diagram", "f", "fit"),
  mapCommand("map-in", "Zoom in", "+", "in"),
  mapCommand("map-in-plain", "Zoom in", "=", "in"),
  mapCommand("map-out", "Zoom out", "-", "out"),
  mapCommand("map-whole", "Zoom to 100 %", "0", "whole"),
  mapCommand("app-map", "Show in app map", "m", "app-map"),
  command("diagram-or-table", "Diagram or table", "t", () =>
    find('a[data-map="diagram"]:not([aria-current]), a[data-map="table"]:not([aria-current])'),
  ),
  command("stop", "Stop the running command", "Mod+.", stopper),
  {
    id: "run",
    title: "Run",
    keys: "Mod+Enter",
    can: () => commandForm() ?? submitter(),
    run: submit,
  },
  { id: "next-region", title: "Next region", keys: "F6", run: () => nextRegion(1) },
  { id: "last-region", title: "Previous region", keys: "Shift+F6", run: () => nextRegion(-1) },
  { id: "docs", title: "Docs", keys: "F1", run: () => location.assign("/docs/") },
  ...Array.from({ length: 9 }, (_, index) =>
    command(`section-${index + 1}`, `Go to section ${index + 1}`, `Mod+${index + 1}`, () =>
      sections().at(index),
    ),
  ),
];

function command(id, title, keys, target) {
  return { id, title, keys, can: target, run: () => target().click() };
}

function logCommand(id, title, keys, tool) {
  return command(id, title, keys, () => find(`[data-log="${tool}"]:not([hidden])`));
}

function mapCommand(id, title, keys, name) {
  return command(id, title, keys, () => find(`[data-map="${name}"]`));
}

async function openFolder() {
  const field = find("#path");
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
  setPart("sidebar", isClosed("sidebar") ? "open" : "closed");
}

function submit() {
  if (commandForm()) commandForm().requestSubmit();
  else submitter().click();
}
