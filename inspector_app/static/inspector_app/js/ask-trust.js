// Running a command of a project that is not trusted asks first, naming what would run.
import { showProblem } from "./alerts.js";
import { post } from "./api.js";
import { confirmed } from "./dialogs.js";
import { refresh } from "./refresh.js";

const trusted = () => Boolean(document.getElementById("command-trust").dataset.trusted);

// True when the project is trusted by now.
export async function askForTrust(form) {
  if (trusted()) return true;
  if (!(await confirmed(document.getElementById("ask-trust")))) return false;
  try {
    await post(`/api/workspaces/${form.dataset.workspace}/trust/`);
    refresh();
    return true;
  } catch (error) {
    showProblem(error);
    return false;
  }
}
