// Saying where the folder of a project is now: by the window's dialog, or by its path.
import { clearAlerts, showProblem } from "./alerts.js";
import { post } from "./api.js";

async function ask({ dataset }) {
  clearAlerts();
  const dialog = document.getElementById("ask-locate");
  if (!dialog) {
    // The window answers with the page of the project.
    await post("/api/host/pick-folder/", { locate: dataset.locate }).catch(showProblem);
    return;
  }
  dialog.querySelector("[data-name]").textContent = dataset.name;
  dialog.querySelector("form").dataset.slug = dataset.locate;
  dialog.showModal();
}

async function find(form) {
  const path = new FormData(form).get("path").trim();
  form.closest("dialog").close();
  try {
    const { workspace } = await post(`/api/workspaces/${form.dataset.slug}/locate/`, { path });
    location.assign(workspace.url);
  } catch (error) {
    showProblem(error);
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-locate]");
  if (button) ask(button);
});

document.addEventListener("submit", (event) => {
  if (event.target.dataset.form !== "locate") return;
  event.preventDefault();
  find(event.target);
});
