// Asking for a run.
import { post } from "./api.js";

export function start(workspace, preset, params, timeout) {
  return post("/api/task-runs/", { workspace, preset, params, timeout });
}
