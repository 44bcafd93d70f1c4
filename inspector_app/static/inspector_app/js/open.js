// Opening a folder by its path, from a form or from one of several choices.
import { clearAlerts, showProblem } from "./alerts.js";
import { post } from "./api.js";

async function follow(answer) {
  clearAlerts();
  try {
    const { workspace } = await answer;
    location.assign(workspace.url);
  } catch (error) {
    showProblem(error);
  }
}

export const openPath = (path) => follow(post("/api/workspaces/", { path }));
export const openSample = () => follow(post("/api/sample/"));
