// Buttons that say in their markup what they do: data-action names one of these, data-post a URL.
import { clearAlerts, showProblem } from "./alerts.js";
import { get, getText, post } from "./api.js";
import { runCommand } from "./commands.js";
import { commandText, copy } from "./copy.js";
import { openSample } from "./open.js";
import { openPlace } from "./places.js";
import { refresh } from "./refresh.js";
import { start, startAgain } from "./runs.js";

const actions = {
  "pick-folder": () => post("/api/host/pick-folder/"),
  sample: () => openSample(),
  place: openPlace,
  "copy-value": (button) => copy(button.dataset.value, button),
  "copy-file": async (button) => copy(await getText(button.dataset.value), button),
  "copy-diagnostics": async (button) => {
    const { text } = await get("/api/diagnostics/");
    await copy(text, button);
  },
  "copy-command": (button) => {
    const shown = button.closest(".cmd").querySelector("[data-command]");
    return copy(commandText(shown), button);
  },
  "run-preset": async (button) => {
    const { preset, params = "{}", paramsFrom } = button.dataset;
    const box = paramsFrom && document.getElementById(paramsFrom);
    const given = { ...JSON.parse(params), ...(box?.checked ? { [box.dataset.param]: true } : {}) };
    const run = await start(document.body.dataset.workspace, preset, given);
    document.dispatchEvent(new CustomEvent("djdesk:started", { detail: run }));
  },
  "run-again": async ({ dataset }) => {
    const timeout = dataset.timeout ? Number(dataset.timeout) : undefined;
    const run = await startAgain(dataset.run, timeout);
    location.assign(run.url);
  },
};

async function act(button, event) {
  const { action, post: url, body } = button.dataset;
  const focused = document.activeElement === button;
  clearAlerts();
  button.disabled = true;
  try {
    if (url) {
      await post(url, body ? JSON.parse(body) : {});
      refresh();
    } else {
      await actions[action](button, event);
    }
  } catch (error) {
    showProblem(error);
  } finally {
    button.disabled = false;
    // Being disabled took it away, or gave it to what is around; whoever pressed it by a key goes on
    // from here, or from what has taken its place meanwhile.
    const here = document.getElementById(button.id) ?? button;
    if (focused && document.activeElement.contains(here)) here.focus();
  }
}

document.addEventListener("click", (event) => {
  const command = event.target.closest("button[data-invoke]");
  if (command) runCommand(command.dataset.invoke);
  const button = event.target.closest("[data-action], [data-post]");
  if (!button || button.disabled) return;
  event.preventDefault();
  act(button, event);
});
