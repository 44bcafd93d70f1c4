// Running a command of a project that is not trusted asks first, naming what would run.
import { showProblem } from "./alerts.js";
import { post } from "./api.js";
import { refresh } from "./refresh.js";

const trusted = () => Boolean(document.getElementById("command-trust").dataset.trusted);

function answer(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

// True when the project is trusted by now.
export async function askForTrust(form) {
  if (trusted()) return true;
  if (!(await answer(document.getElementById("ask-trust")))) return false;
  try {
    await post(`/api/workspaces/${form.dataset.workspace}/trust/`);
    refresh();
    return true;
  } catch (error) {
    showProblem(error);
    return false;
  }
}
