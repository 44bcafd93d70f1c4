// Opening a folder by its path, from a form, a list or one of several choices.
import { clearAlerts, showNote, showProblem } from "./alerts.js";
import { post } from "./api.js";

// Shorter than this, a note would only flash.
const SLOW_MS = 300;

async function follow(answer, name) {
  clearAlerts();
  const slow = setTimeout(() => showNote(`Reading ${name}…`), SLOW_MS);
  try {
    const { workspace } = await answer;
    location.assign(workspace.url);
  } catch (error) {
    showProblem(error);
  } finally {
    clearTimeout(slow);
  }
}

export const openPath = (path) => follow(post("/api/workspaces/", { path }), path);
export const openSample = () => follow(post("/api/sample/"), "the sample project");

document.addEventListener("submit", (event) => {
  if (event.target.dataset.form !== "open") return;
  event.preventDefault();
  openPath(new FormData(event.target).get("path").trim());
});

// A project of the list is opened like a dropped one, so that it is read again.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-path]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPath(link.dataset.path);
});
