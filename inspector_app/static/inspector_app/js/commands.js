// What the commands of the registry (commands.json) do. One without an entry here presses, or goes
// into, the first element in sight that has its id in data-key. A command whose `can` finds nothing
// leaves its key to the browser.
import listed from "../commands.json" with { type: "json" };
import { showProblem } from "./alerts.js";
import { post } from "./api.js";
import { nextRegion } from "./regions.js";
import { openPalette } from "./type-ahead.js";
import { isClosed, setPart } from "./window-state.js";

const find = (selector) => document.querySelector(selector);
const panel = () => find("run-panel");
const log = () => find("log-view[data-page]");
const commandForm = () => find('[data-form="command"]');
const sectionOf = (key) => [...document.querySelectorAll("#nav a")].at(Number(key.at(-1)) - 1);

const behaviours = {
  palette: { run: openPalette },
  keys: { run: async () => (await import("./key-list.js")).open() },
  preferences: { run: () => go(withProject("/preferences/")) },
  docs: { run: () => go(find('link[rel="help"]')?.href ?? "/docs/") },
  home: { run: () => go("/") },
  open: { run: openFolder },
  section: { can: (key) => key && sectionOf(key), run: (key) => sectionOf(key).click() },
  rescan: press("#rescan"),
  run: {
    can: () => commandForm() ?? inSight('[data-key~="run"]'),
    run: () => {
      if (commandForm()) commandForm().requestSubmit();
      else inSight('[data-key~="run"]').click();
    },
  },
  panel: { can: panel, run: () => panel().toggle() },
  sidebar: {
    can: () => find("#sidebar"),
    run: () => setPart("sidebar", isClosed("sidebar") ? "open" : "closed"),
  },
  "next-region": { run: () => nextRegion(1) },
  "last-region": { run: () => nextRegion(-1) },
  "log-start": { can: log, run: () => log().goTo(1) },
  "log-end": { can: log, run: () => log().goTo(log().total) },
  fit: press('[data-map="fit"]'),
  "zoom-in": press('[data-map="in"]'),
  "zoom-out": press('[data-map="out"]'),
  "zoom-100": press('[data-map="whole"]'),
  // They may stand in a menu that is closed.
  "in-map": follow('[data-map="app-map"]'),
  view: follow('[data-map="diagram"]:not([aria-current]), [data-map="table"]:not([aria-current])'),
  "next-match": press('[data-log="next"]'),
  "previous-match": press('[data-log="previous"]'),
  "first-error": press('[data-log="error"]'),
  follow: press('[data-log="follow"]'),
};

export const commands = listed.map((command) => ({
  can: () => true,
  ...command,
  ...(behaviours[command.id] ?? press(`[data-key~="${command.id}"]`)),
}));

// The one that a key means here: several parts of the program may use it, each where it can.
export function commandFor(keys) {
  return commands.find((command) => command.keys.includes(keys) && command.can(keys));
}

export function runCommand(id) {
  const command = commands.find((one) => one.id === id);
  if (command.can()) command.run();
}

export function withProject(url) {
  const { workspace } = document.body.dataset;
  return workspace ? `${url}?project=${workspace}` : url;
}

function go(url) {
  location.assign(url);
}

function inSight(selector) {
  return [...document.querySelectorAll(selector)].find(
    (element) => !element.disabled && (element.checkVisibility?.() ?? true),
  );
}

function press(selector) {
  return {
    can: () => inSight(selector),
    run: () => {
      const target = inSight(selector);
      if (target.matches("input, select, textarea")) target.focus();
      else target.click();
    },
  };
}

function follow(selector) {
  return { can: () => find(selector), run: () => find(selector).click() };
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
    if (error.code === "no_window") go("/");
    else showProblem(error);
  }
}
