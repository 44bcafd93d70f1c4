// Removing a project from DJDesk, after saying what would be gone.
import { clearAlerts, showProblem } from "./alerts.js";
import { announce } from "./announce.js";
import { post } from "./api.js";
import { confirmed } from "./dialogs.js";
import { refresh } from "./refresh.js";

async function ask({ dataset }) {
  const dialog = document.getElementById("ask-remove");
  dialog.querySelector("[data-name]").textContent = dataset.name;
  dialog.querySelector("[data-words]").textContent = dataset.words;
  if (await confirmed(dialog)) remove(dataset);
}

async function remove({ remove: slug, name }) {
  clearAlerts();
  try {
    await post(`/api/workspaces/${slug}/remove/`);
  } catch (error) {
    showProblem(error);
    return;
  }
  if (document.body.dataset.workspace === slug) {
    location.assign("/");
    return;
  }
  announce(`${name} was removed`);
  refresh();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-remove]");
  if (button) ask(button);
});
