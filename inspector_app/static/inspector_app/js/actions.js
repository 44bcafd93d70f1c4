// Buttons that say in their markup what they do.
import { clearAlerts, showProblem } from "./alerts.js";
import { get, post } from "./api.js";
import { openSample } from "./open.js";
import { start } from "./start.js";

const actions = {
  "pick-folder": () => post("/api/host/pick-folder/"),
  sample: () => openSample(),
  copy: (button) => copy(document.querySelector(button.dataset.copy)),
  "run-again": async (button) => {
    const run = await get(`/api/task-runs/${button.dataset.run}/`);
    const again = await start(run.workspace, run.preset, run.params, run.timeout_s);
    location.assign(again.url);
  },
};

async function copy(source) {
  const parts = [...source.querySelectorAll("span")].map((part) => part.textContent);
  await navigator.clipboard.writeText(parts.join(" "));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-action], button[data-post]");
  if (!button || button.disabled) return;
  const { action, post: url, then, body } = button.dataset;
  clearAlerts();
  button.disabled = true;
  try {
    if (url) await post(url, body ? JSON.parse(body) : {});
    else await actions[action](button);
    if (then === "reload") location.reload();
  } catch (error) {
    showProblem(error);
  } finally {
    button.disabled = false;
  }
});
